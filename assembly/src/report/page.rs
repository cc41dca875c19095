//! A report as one page: no script, no request, its one style sheet named by hash in the page's policy.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use super::{
    Report,
    html::{details, escape, scrolling, table},
    plots,
};

/// The style of the page: the project's colours, for light and dark, and forced colours left alone.
const STYLE: &str = include_str!("report.css");

pub(super) fn page(report: &Report) -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let title = escape(&report.title);
    let sections = [summary(report), coverage(report), forms(report), overlap(report), exposure(report)].concat();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Forms: {title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>Forms: {title}</h1>\n{sections}</main>\n</body>\n</html>\n"
    )
}

fn section(id: &str, heading: &str, content: &str) -> String {
    format!("<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{heading}</h2>\n{content}</section>\n")
}

fn summary(report: &Report) -> String {
    let mut facts: Vec<(&str, String)> = vec![
        ("Forms", report.forms.len().to_string()),
        ("Items that can be used", report.eligible.to_string()),
        ("Most items that two forms share", limited(report.overlap.most, report.overlap.limit)),
        ("Most scenario sets that two forms share", limited(report.overlap.most_sets, report.overlap.sets_limit)),
    ];
    if let Some(score) = report.score {
        let (lowest, highest) = (points(score.lowest), points(score.highest));
        facts.push(("Expected score", format!("{lowest} to {highest} points, a spread of {}", points(score.spread))));
    }
    if let Some(targets) = report.targets {
        let off = format!(
            "{}; by the solver's word no such forms are below {}, which leaves a gap of {}",
            percent(targets.worst),
            percent(targets.bound),
            percent(targets.gap)
        );
        facts.push(("Furthest off a target", off));
    }
    facts.push((
        "Share of forms that the most used item is on",
        format!("{} %", tenths(report.exposure.greatest_share)),
    ));
    let rows: String = facts
        .into_iter()
        .map(|(what, value)| format!("<div><dt>{what}</dt><dd>{}</dd></div>", escape(&value)))
        .collect();
    let mut content = format!("<dl>{rows}</dl>\n");
    if report.violations.is_empty() {
        content.push_str("<p class=\"good\">Every form keeps every rule; counted again in whole numbers.</p>\n");
    } else {
        let list: String =
            report.violations.iter().map(|violation| format!("<li>{}</li>", escape(violation))).collect();
        let count = report.violations.len();
        content.push_str(&format!("<p class=\"bad\">Rules are broken in {count} places:</p>\n<ul>{list}</ul>\n"));
    }
    section("summary", "Summary", &content)
}

fn coverage(report: &Report) -> String {
    let head = ["Rule", "Fewest", "Most", "Kept"].map(str::to_owned);
    let rows: Vec<Vec<String>> = report
        .coverage
        .iter()
        .map(|row| {
            let kept = if row.kept { "yes" } else { "NO" };
            vec![row.sentence.clone(), row.fewest.to_string(), row.greatest.to_string(), kept.into()]
        })
        .collect();
    let table = table("What the forms have of what each rule counts", &head, &rows);
    section("coverage", "Blueprint coverage", &scrolling("Blueprint coverage", &table))
}

fn forms(report: &Report) -> String {
    let mut head: Vec<String> = ["Form", "Items", "Words", "Scenario sets", "Most shared"].map(str::to_owned).into();
    if report.score.is_some() {
        head.push("Expected score".into());
    }
    if report.targets.is_some() {
        head.push("Off its targets".into());
    }
    let rows: Vec<Vec<String>> = report
        .forms
        .iter()
        .map(|form| {
            let mut row = vec![form.name.clone(), form.items.to_string(), form.words.to_string()];
            row.extend([form.scenarios.join(", "), form.most_shared.to_string()]);
            row.extend(form.expected_score.filter(|_| report.score.is_some()).map(points));
            row.extend(report.targets.map(|_| percent(form.deviation)));
            row
        })
        .collect();
    let table_of_forms = table("What each form is like", &head, &rows);
    let mut content = String::new();
    if let Some(plot) = plots::scores(report) {
        content.push_str(&scrolling("Plot of the expected scores", &plot));
    }
    content.push_str(&scrolling("Table of the forms", &table_of_forms));
    let mut sections = section("forms", "Forms and expected scores", &content);
    if let (Some(plot), Some(information)) = (plots::information(report), &report.information) {
        let mut head = vec!["Form".to_owned()];
        head.extend(information.abilities.iter().map(|ability| signed(*ability)));
        let mut rows: Vec<Vec<String>> = report
            .forms
            .iter()
            .map(|form| [form.name.clone()].into_iter().chain(form.information.iter().map(|v| points(*v))).collect())
            .collect();
        let target = |target: &Option<u32>| target.map_or("–".into(), |target| points(target.into()));
        rows.push(["target".to_owned()].into_iter().chain(information.targets.iter().map(target)).collect());
        let table = table("Information of each form at each ability", &head, &rows);
        let content = scrolling("Plot of the information", &plot)
            + &details("The numbers", &scrolling("Table of the information", &table));
        sections.push_str(&section("information", "Information", &content));
    }
    sections
}

fn overlap(report: &Report) -> String {
    let mut head = vec!["Form".to_owned()];
    head.extend(report.forms.iter().map(|form| form.name.clone()));
    let rows: Vec<Vec<String>> = report
        .forms
        .iter()
        .zip(&report.overlap.matrix)
        .map(|(form, row)| [form.name.clone()].into_iter().chain(row.iter().map(u32::to_string)).collect())
        .collect();
    let table = table("Items that each two forms share; on the diagonal, the form's length", &head, &rows);
    let mean = points(report.overlap.mean);
    let words = format!("<p>Two forms share {mean} items on average, {} at most.</p>\n", report.overlap.most);
    let plot = scrolling("Plot of the overlap", &plots::overlap(report));
    section(
        "overlap",
        "Overlap",
        &(words + &plot + &details("The numbers", &scrolling("Table of the overlap", &table))),
    )
}

fn exposure(report: &Report) -> String {
    let head = ["On so many forms", "Items"].map(str::to_owned);
    let rows: Vec<Vec<String>> =
        report.exposure.histogram.iter().enumerate().map(|(n, items)| vec![n.to_string(), items.to_string()]).collect();
    let histogram = table("How many items are on how many forms", &head, &rows);
    let head = ["Item", "Forms", "Earlier forms"].map(str::to_owned);
    let row = |used: &super::Use| vec![used.item.clone(), used.forms.to_string(), used.earlier.to_string()];
    let rows: Vec<Vec<String>> = report.exposure.most_used.iter().map(row).collect();
    let most_used = table("The most used items", &head, &rows);
    let tables = details("The numbers", &(histogram + &most_used));
    section("exposure", "Exposure", &(scrolling("Plot of the exposure", &plots::exposure(report)) + &tables))
}

fn limited(value: u32, limit: Option<u32>) -> String {
    limit.map_or(value.to_string(), |limit| format!("{value} (at most {limit} are allowed)"))
}

/// Thousandths with three places.
fn points(thousandths: u64) -> String {
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

fn signed(thousandths: i32) -> String {
    let sign = if thousandths < 0 { "−" } else { "" };
    format!("{sign}{}", points(thousandths.unsigned_abs().into()))
}

/// Millionths as percent, with four places.
fn percent(millionths: u64) -> String {
    format!("{}.{:04} %", millionths / 10_000, millionths % 10_000)
}

/// Thousandths as percent, with one place.
fn tenths(thousandths: u64) -> String {
    format!("{}.{}", thousandths / 10, thousandths % 10)
}
