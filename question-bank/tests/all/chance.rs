//! Whether chance is even. Seeds are fixed, so nothing here fails by chance; bounds are generous.

use std::collections::BTreeMap;

use question_bank::{Drawer, draw::KeyStream};

use crate::{draw::secret, pools};

/// Fails if chi-square over equally likely cells is above its mean by more than five standard deviations; five are
/// exceeded by less than one in ten thousand seeds. Below by five would be just as odd for so many cells.
fn assert_even(what: &str, counts: &[u32]) {
    let total: u32 = counts.iter().sum();
    let expected = f64::from(total) / counts.len() as f64;
    assert!(expected >= 20.0, "{what}: too few trials for {} cells", counts.len());
    let chi: f64 = counts.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
    let degrees = counts.len() as f64 - 1.0;
    assert!(
        chi < degrees + 5.0 * (2.0 * degrees).sqrt() + 5.0,
        "{what}: chi-square {chi:.1} of {degrees} degrees: {counts:?}"
    );
}

#[test]
fn bounded_integers_are_even() {
    for n in [2_u32, 3, 5, 6, 7, 10, 16, 80, 255, 256, 257] {
        let mut stream = KeyStream::new([u8::try_from(n % 251).unwrap(); 32]);
        let mut counts = vec![0; n as usize];
        (0..n * 400).for_each(|_| counts[stream.below(n) as usize] += 1);
        assert_even(&format!("below({n})"), &counts);
    }
}

#[test]
fn great_bounds_do_not_favour_small_numbers() {
    // Without throwing words away, the lowest of three parts would come up twice as often as the others.
    let mut stream = KeyStream::new([3; 32]);
    let mut counts = [0; 3];
    (0..9_000).for_each(|_| counts[(stream.below(3 << 30) >> 30) as usize] += 1);
    assert_even("below(3 · 2^30) in thirds", &counts);

    let mut stream = KeyStream::new([4; 32]);
    let mut counts = [0; 8];
    (0..9_000).for_each(|_| counts[(stream.below(u32::MAX) >> 29) as usize] += 1);
    assert_even("below(2^32 − 1) in eighths", &counts);
}

#[test]
fn words_at_or_above_the_greatest_multiple_are_thrown_away() {
    // By the rule as docs/DRAW.md gives it, from the words themselves.
    for n in [1_u32 << 31, (1 << 31) + 1, 3 << 30, u32::MAX] {
        let (mut words, mut numbers) = (KeyStream::new([5; 32]), KeyStream::new([5; 32]));
        let limit = (1_u64 << 32) / u64::from(n) * u64::from(n);
        for _ in 0..1_000 {
            let word = std::iter::repeat_with(|| words.word()).find(|&word| u64::from(word) < limit).unwrap();
            assert_eq!(numbers.below(n), word % n);
        }
    }
}

#[test]
fn a_shuffle_gives_each_order_as_often_as_any_other() {
    let mut stream = KeyStream::new([6; 32]);
    let mut counts = vec![0; 256];
    for _ in 0..24 * 500 {
        let mut list = [0_usize, 1, 2, 3];
        stream.draw_to_front(&mut list, 4);
        counts[list.iter().fold(0, |code, entry| code * 4 + entry)] += 1;
    }
    counts.retain(|&count| count > 0);
    assert_eq!(counts.len(), 24);
    assert_even("orders of four", &counts);
}

#[test]
fn a_sample_gives_each_ordered_pair_as_often_as_any_other() {
    let mut stream = KeyStream::new([8; 32]);
    let mut counts = vec![0; 81];
    for _ in 0..72 * 300 {
        let mut list: Vec<usize> = (0..9).collect();
        stream.draw_to_front(&mut list, 2);
        counts[list[0] * 9 + list[1]] += 1;
        list.sort_unstable();
        assert_eq!(list, (0..9).collect::<Vec<_>>(), "what is not drawn is still there");
    }
    counts.retain(|&count| count > 0);
    assert_eq!(counts.len(), 72);
    assert_even("ordered pairs of nine", &counts);
}

#[test]
fn taking_more_than_there_is_takes_all() {
    let mut list = [1, 2, 3];
    KeyStream::new([9; 32]).draw_to_front(&mut list, 99);
    list.sort_unstable();
    assert_eq!(list, [1, 2, 3]);
    KeyStream::new([9; 32]).draw_to_front(&mut [0; 0], 1);
    assert_eq!(KeyStream::new([9; 32]).below(0), 0);
}

#[test]
fn over_many_candidates_every_item_every_set_and_every_place_is_as_likely_as_the_next() {
    let mut pool = pools::PoolBuilder::default().stand_alone("D1", 20);
    for _ in 0..6 {
        pool = pool.set(["D1"; 4]);
    }
    let drawer = Drawer::new(&pool.build(), &pools::blueprint(&[("D1", 11)], 2, 3)).unwrap();
    let numbers: BTreeMap<String, usize> = (0..44).map(|n| (pools::name(n), n)).collect();
    let (mut singles, mut in_sets, mut first, mut shown_first) = ([0; 20], [0; 24], [0; 44], [0; 3]);
    for candidate in 0..4_000 {
        let draw = drawer.draw(&secret(1), &format!("candidate {candidate}")).unwrap();
        for item in &draw.items {
            match numbers[&item.item] {
                single @ 0..20 => singles[single] += 1,
                other => in_sets[other - 20] += 1,
            }
            shown_first[item.options[0] as usize] += 1;
        }
        first[numbers[&draw.items[0].item]] += 1;
    }
    assert_even("stand-alone items", &singles);
    assert_even("items of sets", &in_sets);
    assert_even("the option shown first", &shown_first);
    assert_even("the stand-alone item that opens the form", &first[..20]);
}
