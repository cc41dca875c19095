//! A disk whose power can be cut: a file system of its own on a loop device.
//!
//! The cut is the kernel's own (`ioctl` FS_IOC_SHUTDOWN without a flush of the log, which file system tests use for it): from
//! that moment nothing reaches the device any more, and whatever had not reached it is gone when the file system is mounted
//! again. What a drive keeps in a cache of its own is not simulated: the device is a file.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// Waits for a line, then shuts the file system at a place down, without writing anything more.
const SHUT_DOWN: &str = "import fcntl, os, sys
place = os.open(sys.argv[1], os.O_RDONLY)
print(flush=True)
input()
fcntl.ioctl(place, 0x8004587d, (2).to_bytes(4, sys.byteorder))";

/// Processes that were killed let go of their files within this time.
const PATIENCE: Duration = Duration::from_secs(10);

/// A disk under a folder.
pub struct Disk {
    image: PathBuf,
    folder: PathBuf,
    _place: TempDir,
}

/// Waits to cut the power of a disk.
pub struct Switch(Child);

impl Switch {
    /// Cuts the power. Whoever has files open on the disk fails to write from now on.
    pub fn off(mut self) {
        self.0.stdin.take().unwrap().write_all(b"\n").unwrap();
        assert!(self.0.wait().unwrap().success(), "the power could not be cut");
    }
}

/// What was mounted goes.
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = run(Command::new("umount").arg("--lazy").arg(&self.folder));
    }
}

impl Disk {
    /// Puts a disk under a folder, with what is in the folder on it; nobody may have files open there. `None` where that
    /// cannot be done: it takes root, Linux and loop devices.
    pub fn under(folder: &Path) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let (image, first) = (place.path().join("image"), place.path().join("first"));
        fs::create_dir(&first).unwrap();
        fs::File::create(&image).unwrap().set_len(1 << 30).unwrap();
        let made = run(Command::new("mkfs.ext4").args(["-q", "-F", "-E", "lazy_itable_init=1"]).arg(&image))
            && run(Command::new("mount").args(["-o", "loop"]).arg(&image).arg(&first));
        if !made {
            return None;
        }
        let copied = run(Command::new("cp").arg("-a").arg(folder.join(".")).arg(&first));
        assert!(copied && run(Command::new("umount").arg(&first)), "{} could not be copied", folder.display());
        let disk = Self { image, folder: folder.to_owned(), _place: place };
        disk.mount();
        Some(disk)
    }

    /// Writes everything that waits to be written, as the kernel does by itself within half a minute.
    pub fn settle(&self) {
        assert!(run(Command::new("sync").arg("--file-system").arg(&self.folder)), "it could not be written");
    }

    /// Somebody at the switch, who is quick.
    pub fn switch(&self) -> Switch {
        let mut python = Command::new("python3");
        let mut child = python
            .args(["-c", SHUT_DOWN])
            .arg(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
        Switch(child)
    }

    /// Gives the power back, as when the computer is switched on again. Nobody may have files open there any more.
    pub fn restore(&self) {
        let end = Instant::now() + PATIENCE;
        while !run(Command::new("umount").arg(&self.folder)) {
            assert!(Instant::now() < end, "{} is still in use", self.folder.display());
            thread::sleep(Duration::from_millis(20));
        }
        self.mount();
    }

    fn mount(&self) {
        let mounted = run(Command::new("mount").args(["-o", "loop"]).arg(&self.image).arg(&self.folder));
        assert!(mounted, "{} could not be mounted", self.image.display());
    }
}

fn run(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
