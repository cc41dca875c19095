//! The order of options on a form drawn by `invigil-draw-2` or `-3`: from the bank's secret, so that nothing published tells it,
//! and with keys spread evenly over the places (docs/DRAW2.md, «Order of options»).

use std::collections::BTreeMap;

use crate::{
    AssembleError, DrawItem, HashedBank,
    bank::{Item, Kind},
    draw::KeyStream,
};

/// How often orders are drawn before it is given up.
const MAX_TRIES: u32 = 100_000;

/// Why options could not be put in order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// The bank has no such item.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// No order of options is balanced enough.
    #[error(
        "in {MAX_TRIES} tries no order of options had keys within {0} of an even share at each place: allow more in \
         constraints.key_positions"
    )]
    Unbalanced(u32),
}

/// The items of a draw with the order of each one's options, which follows from the bank's secret, the draw's digest (64
/// hexadecimal digits) and the pseudonym. Every
/// order in which the keys' places are as even as the scheme asks is equally likely.
///
/// # Errors
/// [`OptionsError`] if the draw was not made from this bank, or keys cannot be spread as evenly as that.
pub(crate) fn order(
    bank: &HashedBank,
    digest: &str,
    drawn: &[String],
    pseudonym: &str,
) -> Result<Vec<DrawItem>, OptionsError> {
    let find = |name: &String| bank.by_version(name).ok_or_else(|| AssembleError::UnknownItem(name.clone()));
    let items: Vec<&Item> = drawn.iter().map(find).collect::<Result<_, _>>()?;
    let digest = hex::decode(digest).unwrap_or_default();
    let key = bank.options_secret().derive(&[b"invigil-options-1", &digest, pseudonym.as_bytes()]);
    let mut stream = KeyStream::new(key);
    let tolerance = bank.scheme().constraints.key_positions.as_ref().map(|fact| fact.value);
    for _ in 0..MAX_TRIES {
        let orders: Vec<Vec<u32>> = items.iter().map(|item| shuffled(&mut stream, item)).collect();
        if tolerance.is_none_or(|tolerance| is_balanced(&items, &orders, tolerance)) {
            let pairs = drawn.iter().zip(orders);
            return Ok(pairs.map(|(item, options)| DrawItem { item: item.clone(), options }).collect());
        }
    }
    Err(OptionsError::Unbalanced(tolerance.unwrap_or_default()))
}

fn shuffled(stream: &mut KeyStream, item: &Item) -> Vec<u32> {
    let mut options: Vec<u32> = (0..).take(item.places()).collect();
    let count = options.len();
    stream.draw_to_front(&mut options, count);
    options
}

/// Whether, among single-choice items with the same number of options, the keys at each place are an even share, give or
/// take the tolerance.
fn is_balanced(items: &[&Item], orders: &[Vec<u32>], tolerance: u32) -> bool {
    let mut places: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for (item, order) in items.iter().zip(orders).filter(|(item, _)| item.kind == Kind::SingleChoice) {
        let counts = places.entry(order.len()).or_insert_with(|| vec![0; order.len()]);
        let is_key = |&option: &u32| item.options.get(option as usize).is_some_and(|option| option.key);
        order.iter().position(is_key).into_iter().for_each(|place| counts[place] += 1);
    }
    places.into_iter().all(|(options, counts)| {
        let keys: u64 = counts.iter().sum();
        // |count − keys/options| ≤ tolerance, or the next whole number where keys do not divide evenly.
        let even = |count: &u64| (count * options as u64).abs_diff(keys) < (u64::from(tolerance) + 1) * options as u64;
        counts.iter().all(even)
    })
}
