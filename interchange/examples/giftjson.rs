use interchange::gift::{CommentLines, Entry, parse, to_json};
fn main() {
    let inputs: Vec<String> = serde_json::from_reader(std::io::stdin()).unwrap();
    let outs: Vec<serde_json::Value> = inputs
        .iter()
        .map(|t| {
            let e = parse(t, CommentLines::Text).unwrap();
            let faults = e.iter().filter(|e| matches!(e, Entry::Faulty { .. })).count();
            let _ = interchange::gift::read(t.as_bytes());
            serde_json::json!({"json": to_json(&e), "faults": faults})
        })
        .collect();
    serde_json::to_writer(std::io::stdout(), &outs).unwrap();
}
