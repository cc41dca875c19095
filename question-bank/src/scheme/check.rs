//! Whether the numbers of a scheme agree with one another.

use std::collections::BTreeSet;

use super::{Alignment, Scheme, Wait};

/// The longest scope and limitations, in characters.
const MAX_TEXT: usize = 1_000;
/// The most standards and frameworks.
const MAX_ALIGNMENT: usize = 20;

impl Scheme {
    /// Everything that does not agree, each as one sentence; empty for a sound scheme.
    pub fn contradictions(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut require = |holds: bool, otherwise: String| {
            if !holds {
                faults.push(otherwise);
            }
        };
        let (format, version) = (Self::FORMAT, Self::VERSION);
        require(self.format == format, format!("the format is {:?}, not {format:?}", self.format));
        require(self.version == version, format!("version {} is unknown, write {version}", self.version));

        // It is the prefix of certificate numbers.
        let id_holds =
            (1..=16).contains(&self.id.len()) && self.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        require(id_holds, format!("the id is {:?}: use 1 to 16 of a-z and 0-9", self.id));
        // It stands in the identifiers of what is issued.
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
        let edition_holds = (1..=40).contains(&self.edition.len()) && self.edition.bytes().all(plain);
        require(edition_holds, format!("the edition is {:?}: use 1 to 40 of a-z, 0-9, hyphen and dot", self.edition));

        let items = u64::from(self.exam.items.value);
        let by_domain: u64 = self.domains.iter().map(|domain| u64::from(domain.items.value)).sum();
        require((1..=1_000).contains(&items), format!("a form has 1 to 1000 items, not {items}"));
        require(by_domain == items, format!("the domains add up to {by_domain} items, the form has {items}"));
        let in_sets = u64::from(self.scenarios.sets.value) * u64::from(self.scenarios.items_each.value);
        let whole = self.whole_sets();
        require(whole || in_sets <= items, format!("the scenario sets alone have {in_sets} items, the form {items}"));
        let (sets, each) = (self.scenarios.sets.value, self.scenarios.items_each.value);
        require((sets == 0) == (each == 0), format!("{sets} sets of {each} items: either both are 0 or neither"));
        let pass = self.exam.pass.value;
        require(u64::from(pass.of) == items, format!("the pass mark is out of {}, the form has {items}", pass.of));
        let (correct, of) = (pass.correct, pass.of);
        require((1..=of).contains(&correct), format!("{correct} of {of} is no pass mark"));
        require((2..=26).contains(&self.exam.options.value), "an item has 2 to 26 options".into());
        require((1..=1_440).contains(&self.exam.duration_minutes.value), "an exam lasts 1 to 1440 minutes".into());
        require(
            (1..=100).contains(&self.certificate.validity_years.value),
            "a certificate is valid for 1 to 100 years".into(),
        );
        self.check_certificate(&mut require);
        let by_exam = self.cpd.trigger.value == super::CpdTrigger::ExamPass;
        require(by_exam, "credits for attending a course cannot be awarded by an exam: use exam_pass".into());
        require(!self.forms.statuses.value.is_empty(), "no status of an item is allowed on forms".into());

        self.check_constraints(&mut require);
        let ids: BTreeSet<_> = self.domains.iter().map(|domain| &domain.id).collect();
        require(ids.len() == self.domains.len(), "two domains have the same id".into());
        let rungs: Vec<_> = self.retakes.iter().map(|retake| retake.after_attempt).collect();
        require(
            !rungs.is_empty() && rungs.iter().copied().eq(1..=u32::try_from(rungs.len()).unwrap_or(u32::MAX)),
            format!("the retake ladder follows attempts {rungs:?}, not 1, 2, 3, …"),
        );
        for retake in &self.retakes {
            let (Wait::Days(length) | Wait::Months(length)) = retake.wait.value;
            require(length <= 3_650, format!("a wait of {length} after attempt {} is too long", retake.after_attempt));
        }
        let from: Vec<_> = self.bands.iter().map(|band| band.from_percent.value).collect();
        require(
            from.last() == Some(&0) && from.iter().all(|&from| from <= 100) && from.is_sorted_by(|a, b| a > b),
            format!("bands begin at {from:?} percent: list them highest first, the last from 0"),
        );
        faults
    }

    /// What stands on certificates, signed for years.
    fn check_certificate(&self, require: &mut impl FnMut(bool, String)) {
        let rule = &self.certificate;
        let texts = [("scope", &rule.scope), ("limitations", &rule.limitations)];
        for (name, text) in texts.into_iter().filter_map(|(name, text)| Some((name, &text.as_ref()?.value))) {
            let holds = !text.trim().is_empty() && text.chars().count() <= MAX_TEXT;
            require(holds, format!("certificate.{name} is empty or longer than {MAX_TEXT} characters"));
        }
        let alignment: &[Alignment] = rule.alignment.as_ref().map_or(&[], |fact| &fact.value);
        require(
            alignment.len() <= MAX_ALIGNMENT,
            format!("certificate.alignment has more than {MAX_ALIGNMENT} entries"),
        );
        require(alignment.iter().all(|one| !one.name.trim().is_empty()), "certificate.alignment names nothing".into());
        let agreement = rule.agreement.iter().map(|fact| &fact.value);
        for address in agreement.chain(alignment.iter().map(|one| &one.url)) {
            let rest = address.strip_prefix("https://").unwrap_or_default();
            let holds = !rest.is_empty()
                && address.len() <= 500
                && rest.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
            require(holds, format!("{address:?} is no address: write https://, and no blanks or other than ASCII"));
        }
    }
}
