//! `invigil bank stats`.

use std::path::PathBuf;

use clap::Args;
use question_bank::{Levels, Stats as Counted, bank::SubjectKind};

use super::{DEFAULT_BANK, Fault, named, output};
use crate::bank_files;

#[derive(Args)]
pub(in crate::cli) struct Stats {
    /// The question bank
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print Markdown: what the bank covers, subject by subject
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

impl Stats {
    pub(super) fn run(self) -> Result<(), Fault> {
        let (bank, faults) = bank_files::load(&self.bank)?;
        let blocking = faults.iter().filter(|finding| finding.blocks_use()).count();
        if blocking > 0 {
            return Err(Fault::new(format!("{blocking} faults of the bank; «invigil bank lint» lists them")));
        }
        let stats = Counted::of(&bank, bank_files::today());
        if self.json {
            return output::json(&stats);
        }
        if self.markdown {
            output::line(markdown(&stats, bank.scheme.as_ref().map_or("", |scheme| &scheme.title.value)));
        } else {
            print(&stats);
        }
        Ok(())
    }
}

fn print(stats: &Counted) {
    let joined = |counts: Vec<String>| counts.join(", ");
    output::line(format!("{} items, {} of them in {} scenario sets", stats.items, stats.in_scenarios, stats.scenarios));
    output::line(joined(stats.statuses.iter().map(|(status, count)| format!("{count} {status}")).collect()));
    output::line(joined(stats.kinds.iter().map(|(kind, count)| format!("{count} {}", named(kind))).collect()));
    output::line(joined(stats.levels.iter().map(|(level, count)| format!("{count} {}", named(level))).collect()));
    output::line(format!("{} are rated", stats.rated));
    if let Some(day) = stats.next_review {
        output::line(format!("the first reference has to be looked at by {day}"));
    }
    output::line(
        "\ndomain    quota  items  times  in sets  comprehension  application  analysis  evaluation  difficulty",
    );
    for domain in &stats.domains {
        let [comprehension, application, analysis, evaluation] = four(&domain.levels);
        let difficulty = domain.difficulty.map_or_else(String::new, |mean| format!("{}.{} %", mean / 10, mean % 10));
        output::line(format!(
            "{:<8} {:>6} {:>6} {:>6} {:>8} {comprehension:>14} {application:>12} {analysis:>9} {evaluation:>11} {difficulty:>11}",
            domain.id,
            domain.quota,
            domain.items,
            times(domain.items, domain.quota),
            domain.in_scenarios
        ));
    }
    for subject in &stats.subjects {
        output::line(format!("{:>5}  {}", subject.items, subject.title));
    }
    if !stats.without_subject.is_empty() {
        output::line(format!("about no subject: {}", stats.without_subject.join(", ")));
    }
}

/// How many times the quota there are items, with one decimal.
fn times(items: usize, quota: u32) -> String {
    let tenths = (items as u64 * 10).checked_div(u64::from(quota)).unwrap_or(0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The counts of the four levels, in their order.
fn four(levels: &Levels) -> [usize; 4] {
    let mut counts = levels.values().copied();
    std::array::from_fn(|_| counts.next().unwrap_or(0))
}

fn markdown(stats: &Counted, title: &str) -> String {
    let mut text = format!(
        "# What the bank of {title} covers\n\nWritten by `invigil bank stats --markdown`. {} items, {} of them in {} scenario \
         sets. Levels: c comprehension, p application, n analysis, e evaluation. An item may be about several subjects.\n\n\
         ## Domains\n\n| domain | on a form | items | times | in sets | c | p | n | e |\n|---|---|---|---|---|---|---|---|---|\n",
        stats.items, stats.in_scenarios, stats.scenarios
    );
    for domain in &stats.domains {
        let [c, p, n, e] = four(&domain.levels);
        let (id, title, quota, items) = (&domain.id, &domain.title, domain.quota, domain.items);
        let (times, sets) = (times(items, quota), domain.in_scenarios);
        text += &format!("| {id} {title} | {quota} | {items} | {times} | {sets} | {c} | {p} | {n} | {e} |\n");
    }
    for (kind, heading) in [(SubjectKind::Threat, "Threats"), (SubjectKind::Topic, "Topics")] {
        let subjects: Vec<_> = stats.subjects.iter().filter(|subject| subject.kind == kind).collect();
        if subjects.is_empty() {
            continue;
        }
        text +=
            &format!("\n## {heading}\n\n| subject | domain | c | p | n | e | items |\n|---|---|---|---|---|---|---|\n");
        for subject in subjects {
            let mut name = format!("{} ({})", subject.title, subject.items);
            for (domain, levels) in &subject.by_domain {
                let [c, p, n, e] = four(levels);
                text += &format!("| {name} | {domain} | {c} | {p} | {n} | {e} | {} |\n", c + p + n + e);
                name.clear();
            }
        }
    }
    text.trim_end().to_owned()
}
