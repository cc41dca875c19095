//! One run of an item's processing: its variables and their declarations.

use std::collections::BTreeMap;

use super::{
    MAX_CONSTRAINT_TRIES, MAX_STEPS, ScoreFault, Scoring, coerce::coerce, random::Random, rules::Flow, standard,
};
use crate::model::{
    BaseType, Cardinality, Item, LookupTable, OutcomeDeclaration, Process, ResponseDeclaration, ResponseProcessing,
    Scalar, TemplateDeclaration, Value,
};

pub(super) struct Session<'i> {
    pub(super) item: &'i Item,
    pub(super) declared_responses: BTreeMap<&'i str, &'i ResponseDeclaration>,
    declared_outcomes: BTreeMap<&'i str, &'i OutcomeDeclaration>,
    declared_templates: BTreeMap<&'i str, &'i TemplateDeclaration>,
    pub(super) responses: BTreeMap<String, Value>,
    pub(super) outcomes: BTreeMap<String, Value>,
    pub(super) templates: BTreeMap<String, Value>,
    /// Correct responses and default values that template processing set.
    corrects: BTreeMap<String, Value>,
    defaults: BTreeMap<String, Value>,
    pub(super) random: Random,
    steps: u64,
    /// The test whose outcomes are processed, if any.
    pub(super) test: Option<&'i super::test::Context<'i>>,
}

impl<'i> Session<'i> {
    pub(super) fn new(item: &'i Item, seed: u32) -> Self {
        Self {
            item,
            declared_responses: item.responses.iter().map(|declared| (&*declared.identifier, declared)).collect(),
            declared_outcomes: item.outcomes.iter().map(|declared| (&*declared.identifier, declared)).collect(),
            declared_templates: item.templates.iter().map(|declared| (&*declared.identifier, declared)).collect(),
            responses: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            templates: BTreeMap::new(),
            corrects: BTreeMap::new(),
            defaults: BTreeMap::new(),
            random: Random::new(seed),
            steps: 0,
            test: None,
        }
    }

    pub(super) fn run(mut self, responses: &BTreeMap<String, Value>) -> Scoring {
        let fault = self.process(responses).err();
        Scoring { outcomes: self.outcomes, templates: self.templates, fault }
    }

    fn process(&mut self, responses: &BTreeMap<String, Value>) -> Result<(), ScoreFault> {
        let templated = self.make_of_template();
        self.begin(responses);
        templated?;
        match &self.item.response_processing {
            Some(ResponseProcessing::Rules(rules)) => {
                self.rules(rules, Process::Response)?;
            }
            Some(ResponseProcessing::Template(template)) => standard::run(self, *template)?,
            None => {}
        }
        self.rules(&self.item.outcome_processing, Process::Outcome)?;
        Ok(())
    }

    /// Template processing, again from the start while a constraint does not hold.
    fn make_of_template(&mut self) -> Result<(), ScoreFault> {
        let item = self.item;
        for tries in 0.. {
            for declared in &item.templates {
                self.templates.insert(declared.identifier.clone(), declared.default.clone().unwrap_or_default());
            }
            if tries > MAX_CONSTRAINT_TRIES {
                break;
            }
            self.corrects.clear();
            self.defaults.clear();
            if self.rules(&item.template_processing, Process::Template)? != Flow::Again {
                break;
            }
        }
        Ok(())
    }

    /// Gives responses and outcomes the values that they have before anything is scored.
    fn begin(&mut self, given: &BTreeMap<String, Value>) {
        for (name, number) in [("numAttempts", Scalar::Integer(1)), ("duration", Scalar::Duration(0.0))] {
            let value = given.get(name).cloned().unwrap_or(Value::Single(number));
            self.responses.insert(name.to_owned(), value);
        }
        for declared in &self.item.responses {
            let name = &declared.identifier;
            let value = match given.get(name) {
                // What does not fit the declaration was no answer to this question.
                Some(value) => coerce(value.clone(), declared.cardinality, declared.base_type).unwrap_or_default(),
                None => self.default(name),
            };
            self.responses.insert(name.clone(), value);
        }
        for declared in &self.item.outcomes {
            let value = self.initial(declared);
            self.outcomes.insert(declared.identifier.clone(), value);
        }
    }

    /// Without a default value, single numbers are 0 (QTI 3.0 ASI, `outcomeDeclaration`).
    pub(super) fn initial(&self, declared: &OutcomeDeclaration) -> Value {
        let name = &*declared.identifier;
        match (declared.cardinality, declared.base_type) {
            _ if declared.default.is_some() || self.defaults.contains_key(name) => self.default(name),
            (Cardinality::Single, Some(BaseType::Integer)) => Value::Single(Scalar::Integer(0)),
            (Cardinality::Single, Some(BaseType::Float)) => Value::Single(Scalar::Float(0.0)),
            _ => Value::Null,
        }
    }

    /// Counts work, so that no item keeps a machine busy.
    pub(super) fn step(&mut self, steps: usize) -> Result<(), ScoreFault> {
        self.steps = self.steps.saturating_add(steps as u64);
        if self.steps > MAX_STEPS { Err(ScoreFault::Steps) } else { Ok(()) }
    }

    /// The value of a variable; NULL if there is none.
    pub(super) fn variable(&self, name: &str) -> Value {
        let found = self.templates.get(name).or_else(|| self.outcomes.get(name)).or_else(|| self.responses.get(name));
        found.cloned().unwrap_or_default()
    }

    pub(super) fn correct(&self, name: &str) -> Value {
        let set = self.corrects.get(name).cloned();
        set.or_else(|| self.declared_responses.get(name)?.correct.clone()).unwrap_or_default()
    }

    pub(super) fn default(&self, name: &str) -> Value {
        let declared = || {
            let response = self.declared_responses.get(name).map(|declared| &declared.default);
            let outcome = || self.declared_outcomes.get(name).map(|declared| &declared.default);
            let template = || self.declared_templates.get(name).map(|declared| &declared.default);
            response.or_else(outcome).or_else(template)?.clone()
        };
        self.defaults.get(name).cloned().or_else(declared).unwrap_or_default()
    }

    pub(super) fn lookup_table(&self, name: &str) -> Option<&'i LookupTable> {
        self.declared_outcomes.get(name)?.lookup.as_ref()
    }

    pub(super) fn set_outcome(&mut self, name: &str, value: Value) -> Result<(), ScoreFault> {
        let value = match self.declared_outcomes.get(name) {
            Some(declared) => fit(name, value, declared.cardinality, declared.base_type)?,
            None => value,
        };
        self.outcomes.insert(name.to_owned(), value);
        Ok(())
    }

    pub(super) fn set_template(&mut self, name: &str, value: Value) -> Result<(), ScoreFault> {
        let value = match self.declared_templates.get(name) {
            Some(declared) => fit(name, value, declared.cardinality, declared.base_type)?,
            None => value,
        };
        self.templates.insert(name.to_owned(), value);
        Ok(())
    }

    pub(super) fn set_response(&mut self, name: &str, value: Value) -> Result<(), ScoreFault> {
        let value = self.as_response(name, value)?;
        self.responses.insert(name.to_owned(), value);
        Ok(())
    }

    pub(super) fn set_correct(&mut self, name: &str, value: Value) -> Result<(), ScoreFault> {
        let value = self.as_response(name, value)?;
        self.corrects.insert(name.to_owned(), value);
        Ok(())
    }

    pub(super) fn set_default(&mut self, name: &str, value: Value) -> Result<(), ScoreFault> {
        let value = match self.declared_outcomes.get(name) {
            Some(declared) => fit(name, value, declared.cardinality, declared.base_type)?,
            None => self.as_response(name, value)?,
        };
        self.defaults.insert(name.to_owned(), value);
        Ok(())
    }

    fn as_response(&self, name: &str, value: Value) -> Result<Value, ScoreFault> {
        match self.declared_responses.get(name) {
            Some(declared) => fit(name, value, declared.cardinality, declared.base_type),
            None => Ok(value),
        }
    }

    /// Sets a variable to its default value.
    pub(super) fn reset(&mut self, name: &str) {
        if let Some(declared) = self.declared_outcomes.get(name).copied() {
            let value = self.initial(declared);
            self.outcomes.insert(name.to_owned(), value);
        } else {
            let value = self.default(name);
            let templates = self.declared_templates.contains_key(name);
            if templates { &mut self.templates } else { &mut self.responses }.insert(name.to_owned(), value);
        }
    }
}

fn fit(name: &str, value: Value, cardinality: Cardinality, base_type: Option<BaseType>) -> Result<Value, ScoreFault> {
    coerce(value.clone(), cardinality, base_type).ok_or_else(|| ScoreFault::Type {
        identifier: name.to_owned(),
        value: value.members().iter().map(Scalar::text).collect::<Vec<_>>().join(", "),
        declared: format!(
            "{cardinality:?} {}",
            base_type.map_or_else(String::new, |base_type| format!("{base_type:?}"))
        ),
    })
}
