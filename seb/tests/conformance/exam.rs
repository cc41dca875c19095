//! The settings of an exam.

use seb::{
    Value,
    config_key::canonical,
    exam::{ExamConfig, ExamConfigError, quit_password_hash},
    file,
    password::Salts,
    plist::Dict,
    write,
};

fn exam() -> ExamConfig {
    ExamConfig {
        start_url: "https://Exam.Example.org:8443/app/candidate.html".to_owned(),
        quit_url: Some("https://exam.example.org:8443/app/over.html".to_owned()),
        exam_title: Some("CAISP, March".to_owned()),
        allow_quit: true,
        quit_password_hash: Some(quit_password_hash("test")),
    }
}

fn expression(settings: &Dict) -> &Value {
    match &settings["URLFilterRules"] {
        Value::Array(rules) => match &rules[..] {
            [Value::Dict(rule)] => &rule["expression"],
            rules => panic!("{rules:?}"),
        },
        rules => panic!("{rules:?}"),
    }
}

/// The whole text, so that no setting changes unnoticed: with it the key of every file would.
#[test]
fn an_exam_has_these_settings_and_no_others() {
    let expected = concat!(
        r#"{"allowDownloads":true,"allowDownUploads":true,"allowPreferencesWindow":false,"allowQuit":true,"#,
        r#""browserWindowTitleSuffix":"CAISP, March","browserWindowWebView":3,"downloadAndOpenSebConfig":false,"#,
        r#""examSessionClearCookiesOnEnd":false,"examSessionClearCookiesOnStart":false,"#,
        r#""examSessionReconfigureAllow":false,"#,
        r#""hashedQuitPassword":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","#,
        r#""quitURL":"https://exam.example.org:8443/app/over.html","removeBrowserProfile":false,"#,
        r#""sebConfigPurpose":0,"sendBrowserExamKey":true,"#,
        r#""startURL":"https://exam.example.org:8443/app/candidate.html","URLFilterEnable":true,"#,
        r#""URLFilterEnableContentFilter":false,"URLFilterRules":[{"action":1,"active":true,"#,
        r#""expression":".exam.example.org:8443","regex":false}]}"#,
    );
    let settings = exam().settings().unwrap();
    assert_eq!(canonical(&settings), expected);
    let salts = Salts { encryption: [1; 8], authentication: [2; 8], iv: [3; 16] };
    for (bytes, password) in
        [(write::plain(&settings).unwrap(), None), (write::encrypted(&settings, "open", &salts).unwrap(), Some("open"))]
    {
        let read = file::read(&bytes, password).unwrap();
        assert_eq!(seb::config_key(&read), seb::config_key(&settings));
        assert_eq!(read, settings);
    }
}

#[test]
fn what_an_exam_does_not_say_is_not_in_its_file() {
    let bare = ExamConfig { quit_url: None, exam_title: None, quit_password_hash: None, allow_quit: false, ..exam() };
    let settings = bare.settings().unwrap();
    for absent in ["quitURL", "browserWindowTitleSuffix", "hashedQuitPassword"] {
        assert!(!settings.contains_key(absent), "{absent}");
    }
    assert_eq!(settings["allowQuit"], false.into());
    assert!(write::plain(&settings).is_ok());
}

#[test]
fn only_the_exams_host_and_port_may_be_opened() {
    for (url, allowed) in [
        ("https://exam.example.org", ".exam.example.org"),
        ("https://exam.example.org:443/x?y#z", ".exam.example.org"),
        ("http://localhost:8080/", ".localhost:8080"),
        ("http://127.0.0.1:8080/", ".127.0.0.1:8080"),
    ] {
        let settings = ExamConfig { start_url: url.to_owned(), ..exam() }.settings().unwrap();
        assert_eq!(expression(&settings), &allowed.into());
    }
}

#[test]
fn an_address_that_cannot_be_opened_is_refused_with_the_reason() {
    for (url, reason) in [
        ("exam.example.org", "relative URL without a base"),
        ("ftp://exam.example.org/", "neither with https: nor with http:"),
        ("javascript:alert(1)", "neither with https: nor with http:"),
        ("https://", "empty host"),
        ("https://[::1]:8080/", "IPv6"),
        ("https://exam.example.org/a b", "a blank"),
        ("https://exam.example.org/\"", "a quotation mark"),
        ("https://exam.example.org/\n", "a control character"),
        (&format!("https://exam.example.org/{}", "x".repeat(2_000)), "more than 2000 bytes"),
    ] {
        let error = ExamConfig { start_url: url.to_owned(), ..exam() }.settings().unwrap_err().to_string();
        assert!(error.starts_with("the start address ") && error.contains(reason), "{error}");
    }
    let quit = ExamConfig { quit_url: Some("mailto:x".to_owned()), ..exam() }.settings().unwrap_err().to_string();
    assert!(quit.starts_with("the quit address \"mailto:x\" is no address of a web page"), "{quit}");
    let once = ExamConfig { quit_url: Some(format!("{}/", exam().start_url)), ..exam() };
    assert_eq!(once.settings(), Err(ExamConfigError::QuitsAtOnce));
    let title = ExamConfig { exam_title: Some("x".repeat(2_001)), ..exam() };
    assert_eq!(title.settings(), Err(ExamConfigError::Title));
    let quoted = ExamConfig { exam_title: Some("The \"exam\"".to_owned()), ..exam() }.settings().unwrap();
    assert!(
        write::plain(&quoted).unwrap_err().to_string().starts_with("the setting browserWindowTitleSuffix has a quot")
    );
}

#[test]
fn a_password_for_quitting_is_the_same_however_its_letters_are_composed() {
    assert_eq!(quit_password_hash("Pr\u{fc}fung"), quit_password_hash("Pru\u{308}fung"));
    assert_ne!(quit_password_hash("Prüfung"), quit_password_hash("prüfung"));
}
