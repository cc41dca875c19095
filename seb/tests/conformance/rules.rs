//! The rules of the Config Key, one by one.

use seb::{Key, Value, config_key::canonical, plist};

use super::document;

fn text(entries: &str) -> String {
    canonical(&plist::read(document(entries).as_bytes()).unwrap())
}

#[test]
fn every_kind_of_setting_has_its_text() {
    for (entries, expected) in [
        ("<key>date</key><date>1940-10-09T22:13:56Z</date>", r#"{"date":"1940-10-09T22:13:56+00:00"}"#),
        ("<key>data</key><data>YmxhaGJsYWg=</data>", r#"{"data":"YmxhaGJsYWg="}"#),
        ("<key>string</key><string>hello wörld</string>", r#"{"string":"hello wörld"}"#),
        ("<key>bool</key><true/>", r#"{"bool":true}"#),
        ("<key>array</key><array><false/><true/></array>", r#"{"array":[false,true]}"#),
        ("<key>b</key><true/><key>array</key><array/>", r#"{"array":[],"b":true}"#),
        (
            "<key>dict</key><dict><key>one</key><false/><key>two</key><true/></dict>",
            r#"{"dict":{"one":false,"two":true}}"#,
        ),
        ("<key>bool</key><true/><key>empty</key><dict/>", r#"{"bool":true}"#),
        ("<key>url</key><string>http://test.example/a</string>", r#"{"url":"http://test.example/a"}"#),
        (
            "<key>dict</key><dict><key>banana</key><false/><key>apple</key><true/></dict>",
            r#"{"dict":{"apple":true,"banana":false}}"#,
        ),
        (
            "<key>many</key><array><false/>\n<true/><true/><true/><true/><true/>\n<true/><true/><true/><true/></array>",
            r#"{"many":[false,true,true,true,true,true,true,true,true,true]}"#,
        ),
        (
            "<key>testKey</key><string>1</string><key>allowWLAN</key><string>2</string>\
             <key>allowWlan</key><string>3</string>",
            r#"{"allowWlan":"3","allowWLAN":"2","testKey":"1"}"#,
        ),
        ("<key>integer</key><integer>-12</integer>", r#"{"integer":-12}"#),
        ("<key>real</key><real>0.30000000000000004</real>", r#"{"real":0.3}"#),
        ("<key>text</key><string/>", r#"{"text":""}"#),
        ("<key>data</key><data>\n    4iLO\n    NVAc\n    </data>", r#"{"data":"4iLONVAc"}"#),
    ] {
        assert_eq!(text(entries), expected);
    }
}

#[test]
fn backslashes_and_quotation_marks_stay_as_they_are() {
    for count in 1..=5 {
        let slashes = r"\".repeat(count);
        let entries = format!("<key>string</key><string>ws:{slashes}localhost</string>");
        assert_eq!(text(&entries), format!(r#"{{"string":"ws:{slashes}localhost"}}"#));
    }
    assert_eq!(text("<key>a</key><string>say \"x\" &amp; &#60;y></string>"), r#"{"a":"say "x" & <y>"}"#);
}

#[test]
fn who_wrote_the_file_takes_no_part() {
    let origin = "<key>originatorVersion</key><string>SEB_Win_2.1.1</string>";
    assert_eq!(text(&format!("{origin}<key>z</key><true/>")), r#"{"z":true}"#);
    assert_eq!(text(&origin.replace("originator", "Originator")), "{}");
    assert_eq!(text(&format!("<key>a</key><array><dict>{origin}</dict></array>")), r#"{"a":[{}]}"#);
}

#[test]
fn what_is_empty_leaves_no_trace_and_takes_what_held_it_along() {
    assert_eq!(text("<key>a</key><dict><key>b</key><dict><key>c</key><dict/></dict></dict>"), "{}");
    assert_eq!(text("<key>a</key><true/><key>m</key><dict/><key>z</key><true/>"), r#"{"a":true,"z":true}"#);
    assert_eq!(text("<key>a</key><dict/><key>b</key><true/>"), r#"{"b":true}"#);
    assert_eq!(text("<key>a</key><dict><key>b</key><array/></dict>"), r#"{"a":{"b":[]}}"#);
    assert_eq!(text("<key>a</key><array><dict/></array>"), r#"{"a":[{}]}"#);
}

#[test]
fn no_settings_have_the_key_of_two_braces() {
    let key: Key = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a".parse().unwrap();
    assert_eq!(seb::config_key(&plist::Dict::new()), key);
    assert_eq!(seb::config_key(&plist::read(document("").as_bytes()).unwrap()), key);
}

#[test]
fn the_key_does_not_depend_on_how_the_file_is_laid_out() {
    let tidy = document("\n<key>a</key>\n<string>x</string>\n<key>b</key>\n<true/>\n");
    let other = document("<!-- b --><key>b</key><true ></true><key>a</key><string><![CDATA[x]]></string><?p?>");
    let tidy = plist::read(tidy.as_bytes()).unwrap();
    assert_eq!(tidy, plist::read(other.as_bytes()).unwrap());
    assert_eq!(tidy["a"], Value::from("x"));
}
