//! The numbers of a report.

use std::collections::{BTreeMap, BTreeSet};

use super::{Coverage, Exposure, FormRow, Information, Overlap, Report, Score, Targets, Use};
use crate::{
    constraint::Constraint,
    forms::FormSet,
    problem::{Item, Problem},
    verify::Verifier,
};

/// How many of the most used items are named.
const MOST_USED: usize = 20;

pub(super) fn report(set: &FormSet) -> Report {
    let problem = &set.problem;
    let items: BTreeMap<&str, &Item> = problem.items.iter().map(|item| (item.id.as_str(), item)).collect();
    let on: Vec<BTreeSet<&str>> =
        set.forms.iter().map(|form| form.items.iter().map(String::as_str).collect()).collect();
    let forms: Vec<Vec<&Item>> =
        on.iter().map(|ids| ids.iter().filter_map(|id| items.get(id).copied()).collect()).collect();
    let sets: Vec<BTreeSet<&str>> =
        forms.iter().map(|items| items.iter().filter_map(|item| item.scenario.as_deref()).collect()).collect();
    let overlap = overlap(problem, &on, &sets);
    let shares = overlap.matrix.iter().enumerate().map(|(at, row)| {
        row.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, shared)| *shared).max().unwrap_or(0)
    });
    let rows: Vec<FormRow> = set
        .forms
        .iter()
        .zip(&forms)
        .zip(shares)
        .map(|((form, items), most_shared)| FormRow {
            name: form.name.clone(),
            items: count(items.len()),
            scenarios: items.iter().filter_map(|i| i.scenario.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
            words: words(problem, items),
            expected_score: items.iter().map(|item| item.difficulty.map(u64::from)).sum(),
            deviation: set.deviation(form),
            information: information(problem, items),
            most_shared,
        })
        .collect();
    Report {
        format: Report::FORMAT,
        version: Report::VERSION,
        title: problem.title.clone(),
        eligible: count(problem.items.iter().filter(|item| eligible(problem, item)).count()),
        violations: Verifier::new(problem).forms(&set.views()).iter().map(ToString::to_string).collect(),
        coverage: coverage(problem, &forms),
        score: score(set, &rows),
        targets: (!set.targets.is_empty()).then(|| Targets { worst: set.worst(), bound: set.bound, gap: set.gap() }),
        information: (!problem.abilities.is_empty()).then(|| Information {
            abilities: problem.abilities.clone(),
            targets: problem
                .abilities
                .iter()
                .map(|ability| set.targets.iter().find(|target| target.ability == Some(*ability)).map(|t| t.target))
                .collect(),
        }),
        overlap,
        exposure: exposure(problem, &on),
        forms: rows,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn eligible(problem: &Problem, item: &Item) -> bool {
    let blueprint = &problem.blueprint;
    blueprint.domains.iter().any(|quota| quota.name == item.domain)
        && (item.scenario.is_none() || blueprint.scenarios.is_some())
}

/// What a candidate reads: each stimulus once.
fn words(problem: &Problem, items: &[&Item]) -> u64 {
    let sets: BTreeSet<&String> = items.iter().filter_map(|item| item.scenario.as_ref()).collect();
    let stimuli: u64 = sets.into_iter().filter_map(|set| problem.stimuli.get(set)).map(|&words| u64::from(words)).sum();
    stimuli + items.iter().map(|item| u64::from(item.words)).sum::<u64>()
}

fn information(problem: &Problem, items: &[&Item]) -> Vec<u64> {
    let at = |at: usize| items.iter().map(|item| u64::from(item.information.get(at).copied().unwrap_or(0))).sum();
    (0..problem.abilities.len()).map(at).collect()
}

fn coverage(problem: &Problem, forms: &[Vec<&Item>]) -> Vec<Coverage> {
    let sum = |of: &dyn Fn(&Item) -> u64| -> Vec<u64> {
        forms.iter().map(|items| items.iter().map(|item| of(item)).sum()).collect()
    };
    let covered = |rule: Constraint| {
        let (counts, least, most) = match &rule {
            Constraint::Items { items } => (sum(&|_| 1), *items, *items),
            Constraint::Domain { domain, least, most } => (sum(&|i| (i.domain == *domain).into()), *least, *most),
            Constraint::Level { level, least, most } => (sum(&|i| (i.level == *level).into()), *least, *most),
            Constraint::Words { least, most } => {
                (forms.iter().map(|items| words(problem, items)).collect(), *least, *most)
            }
            Constraint::KeyPosition { position, least, most } => {
                (sum(&|item| (item.key == Some(*position)).into()), *least, *most)
            }
            Constraint::ExpectedScore { least, most } => {
                (sum(&|item| item.difficulty.unwrap_or(0).into()), *least, *most)
            }
            Constraint::Scenarios { sets, .. } => {
                let of = |items: &Vec<&Item>| {
                    items.iter().filter_map(|item| item.scenario.as_ref()).collect::<BTreeSet<_>>().len() as u64
                };
                (forms.iter().map(of).collect(), *sets, *sets)
            }
            Constraint::Enemies
            | Constraint::MaxUses { .. }
            | Constraint::MaxForms { .. }
            | Constraint::Overlap { .. }
            | Constraint::SharedSets { .. } => return None,
        };
        let (fewest, greatest) = (counts.iter().min().copied()?, counts.iter().max().copied()?);
        let kept = fewest >= least.into() && greatest <= most.into();
        Some(Coverage { sentence: rule.to_string(), rule, fewest, greatest, kept })
    };
    Constraint::all(problem).into_iter().filter_map(covered).collect()
}

fn score(set: &FormSet, rows: &[FormRow]) -> Option<Score> {
    let scores: Option<Vec<u64>> = rows.iter().map(|row| row.expected_score).collect();
    let scores = scores?;
    let (lowest, highest) = (*scores.iter().min()?, *scores.iter().max()?);
    let target = set.targets.iter().find(|target| target.ability.is_none()).map(|target| target.target);
    Some(Score { target, lowest, highest, spread: highest - lowest })
}

fn overlap(problem: &Problem, on: &[BTreeSet<&str>], sets: &[BTreeSet<&str>]) -> Overlap {
    let matrix = common(on);
    let pairs: Vec<u32> = below_diagonal(&matrix).collect();
    let sum: u64 = pairs.iter().map(|&shared| u64::from(shared)).sum();
    let mean = (sum * 1_000).checked_div(pairs.len() as u64).unwrap_or(0);
    Overlap {
        limit: problem.blueprint.overlap,
        most: pairs.into_iter().max().unwrap_or(0),
        mean,
        sets_limit: problem.blueprint.shared_sets,
        most_sets: below_diagonal(&common(sets)).max().unwrap_or(0),
        matrix,
    }
}

/// What each two have in common.
fn common(on: &[BTreeSet<&str>]) -> Vec<Vec<u32>> {
    let row = |one: &BTreeSet<&str>| on.iter().map(|other| count(one.intersection(other).count())).collect();
    on.iter().map(row).collect()
}

fn below_diagonal(matrix: &[Vec<u32>]) -> impl Iterator<Item = u32> {
    matrix.iter().enumerate().flat_map(|(at, row)| row[..at].iter().copied())
}

fn exposure(problem: &Problem, on: &[BTreeSet<&str>]) -> Exposure {
    let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
    on.iter().flatten().for_each(|id| *uses.entry(id).or_default() += 1);
    let greatest = uses.values().copied().max().unwrap_or(0);
    let mut histogram = vec![0; greatest as usize + 1];
    let mut most_used = Vec::new();
    for item in problem.items.iter().filter(|item| eligible(problem, item)) {
        let forms = uses.get(item.id.as_str()).copied().unwrap_or(0);
        histogram[forms as usize] += 1;
        most_used.push(Use { item: item.id.clone(), forms, earlier: item.used });
    }
    most_used.sort_by(|a, b| (b.forms, &a.item).cmp(&(a.forms, &b.item)));
    most_used.truncate(MOST_USED);
    let greatest_share = (u64::from(greatest) * 1_000).checked_div(on.len() as u64).unwrap_or(0);
    Exposure {
        limit: problem.blueprint.max_uses,
        share_limit: problem.blueprint.max_forms,
        histogram,
        most_used,
        greatest_share,
    }
}
