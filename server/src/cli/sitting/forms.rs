//! The set of assembled forms that a sitting's candidates draw from.

use std::{collections::BTreeMap, path::Path};

use assembly::{AssembledForm, FormSet};
use question_bank::{NamedForm, Scheme, scheme::Procedure};

use super::Fault;
use crate::cli::form::read_json;

/// The forms of this file, if the scheme has candidates draw from a set of them.
///
/// # Errors
/// A file that holds no sound set of forms; a scheme that does not go with there being one, or none.
pub(super) fn given(file: Option<&Path>, scheme: Option<&Scheme>) -> Result<Option<Vec<NamedForm>>, Fault> {
    match (file, scheme.map(Scheme::procedure)) {
        (None, Some(Procedure::Draw3)) => Err(Fault::new(
            "the bank's scheme has candidates draw one of a set of forms (forms.procedure is \"invigil-draw-3\"): have them \
             made with «invigil form assemble» and schedule with --forms forms.json",
        )),
        (Some(file), Some(Procedure::Draw3)) => Ok(Some(read(file)?)),
        (Some(_), Some(other)) => Err(Fault::new(format!(
            "the bank's scheme draws by {}, which makes each candidate's form itself: schedule without --forms, or write \
             forms.procedure = \"invigil-draw-3\" in scheme.toml",
            other.name()
        ))),
        (_, None) | (None, Some(_)) => Ok(None),
    }
}

/// The forms of a document that «invigil form assemble» wrote, each item with the revision it was assembled with.
fn read(file: &Path) -> Result<Vec<NamedForm>, Fault> {
    let set: FormSet = read_json(&file.to_path_buf())?;
    set.check().map_err(|fault| Fault::new(format!("{}: {fault}", file.display())))?;
    let revisions: BTreeMap<&str, u32> =
        set.problem.items.iter().map(|item| (item.id.as_str(), item.revision)).collect();
    // A sound set has every item of its forms among those of its problem.
    let item = |id: &String| Some((id.clone(), *revisions.get(id.as_str())?));
    let named = |form: &AssembledForm| NamedForm {
        name: form.name.clone(),
        items: form.items.iter().filter_map(item).collect(),
    };
    Ok(set.forms.iter().map(named).collect())
}
