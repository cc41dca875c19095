//! Carrying out rules.

use super::{ScoreFault, coerce::truth, map, session::Session};
use crate::model::{Process, Rule};

/// How processing goes on after a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// With the next.
    On,
    /// Not at all.
    Exit,
    /// From the start: a constraint of a template does not hold.
    Again,
}

impl Session<'_> {
    pub(super) fn rules(&mut self, rules: &[Rule], process: Process) -> Result<Flow, ScoreFault> {
        for rule in rules {
            self.step(1)?;
            let flow = self.rule(rule, process)?;
            if flow != Flow::On {
                return Ok(flow);
            }
        }
        Ok(Flow::On)
    }

    fn rule(&mut self, rule: &Rule, process: Process) -> Result<Flow, ScoreFault> {
        match rule {
            Rule::Condition { branches, otherwise } => {
                for branch in branches {
                    let condition = self.evaluate(&branch.condition)?;
                    if truth(&condition) == Some(true) {
                        return self.rules(&branch.rules, process);
                    }
                }
                return self.rules(otherwise, process);
            }
            Rule::Fragment(rules) => return self.rules(rules, process),
            Rule::Exit => return Ok(Flow::Exit),
            Rule::Constraint(condition) => {
                let holds = self.evaluate(condition)?;
                return Ok(if truth(&holds) == Some(true) { Flow::On } else { Flow::Again });
            }
            Rule::SetOutcome { identifier, value } => {
                let value = self.evaluate(value)?;
                self.set_outcome(identifier, value)?;
            }
            Rule::SetTemplate { identifier, value } => {
                let value = self.evaluate(value)?;
                self.set_template(identifier, value)?;
            }
            Rule::SetResponse { identifier, value } => {
                let value = self.evaluate(value)?;
                self.set_response(identifier, value)?;
            }
            Rule::SetCorrect { identifier, value } => {
                let value = self.evaluate(value)?;
                self.set_correct(identifier, value)?;
            }
            Rule::SetDefault { identifier, value: Some(value) } => {
                let value = self.evaluate(value)?;
                self.set_default(identifier, value)?;
            }
            Rule::SetDefault { identifier, value: None } => self.reset(identifier),
            Rule::LookupOutcome { identifier, source } => {
                let source = self.evaluate(source)?;
                let value = match self.lookup_table(identifier) {
                    Some(table) => map::lookup(self, table, &source)?,
                    None => Default::default(),
                };
                self.set_outcome(identifier, value)?;
            }
        }
        Ok(Flow::On)
    }
}
