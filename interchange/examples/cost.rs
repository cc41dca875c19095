use interchange::moodle;
fn cpu() -> f64 { let s = std::fs::read_to_string("/proc/self/stat").unwrap(); let f: Vec<&str> = s.rsplit(") ").next().unwrap().split(' ').collect(); f[11].parse::<f64>().unwrap()/100.0 }
fn main() {
    let cases: [(&str, &str, &[&str]); 4] = [
        ("description", "html", &["<b>", "<ul>", "<li>", "<table>", "<td>", "<p><b>", "</b>", "&amp;", "<!--", "<script>", "<a ", "$$", "\\(", "\u{fdd0}", "a<br>", "<img src='data:;base64,'>"]),
        ("description", "markdown", &["`", "*a ", "_", "**a*", "[", "![", "](", "> ", "- ", "1. ", "|", "<b>", "&", "\\", "a\n\n"]),
        ("multianswer", "html", &["{", "{1:SA:", "{1:ZZ:", "{1:SA:=a}", "{1:MC:=a~b}", "~", "{1:", "{ "]),
        ("ddwtos", "moodle_auto_format", &["[[1]]", "[[", "[[2", "[[9]]", "\n"]),
    ];
    let words = "<dragbox><text>a</text></dragbox><dragbox><text>b</text><infinite/></dragbox>";
    let skip: usize = std::env::args().nth(1).unwrap().parse().unwrap(); let mut n0 = 0; for (kind, format, signs) in cases { for sign in signs { for kb in [60usize, 240] { n0 += 1; if n0 <= skip { continue }
        let many = sign.repeat((kb << 10) / sign.len());
        let file = format!("<quiz><question type=\"{kind}\"><questiontext format=\"{format}\"><text><![CDATA[{many}}}]]></text></questiontext>{words}</question></quiz>");
        let a = cpu(); let i = moodle::read(file.as_bytes()); let b = cpu();
        let n = serde_json::to_vec(&i).unwrap().len();
        println!("{kind} {format} {sign:?} {kb}K read {:.2} json {:.2} out {n}", b-a, cpu()-b);
    }}}
}
