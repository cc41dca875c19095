//! Numbers from a ChaCha20 key stream (RFC 8439), by rules of our own that anyone can write down again.

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

/// The key stream of a 256-bit key with zero nonce, from block 0 on, read as little-endian 32-bit words.
pub struct KeyStream(ChaCha20Rng);

impl KeyStream {
    /// The stream of a key.
    pub fn new(key: [u8; 32]) -> Self {
        // Zero nonce, counter 0: the words are those of RFC 8439, 2.4, for the first 2^32 blocks (256 GiB).
        Self(ChaCha20Rng::from_seed(key))
    }

    /// The next word.
    pub fn word(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A number below `n`, each equally likely. A word at or above the greatest multiple of `n` up to 2^32 is thrown
    /// away; otherwise the number is the word modulo `n`. For `n` of 0 or 1 it is 0 and takes no word.
    pub fn below(&mut self, n: u32) -> u32 {
        if n <= 1 {
            return 0;
        }
        let limit = (1 << 32) - (1 << 32) % u64::from(n);
        loop {
            let word = self.word();
            if u64::from(word) < limit {
                return word % n;
            }
        }
    }

    /// Fisher–Yates from the front: for i = 0, 1, … below `count`, swaps entry i with entry i + below(length − i).
    /// The first `count` entries are then a uniform ordered sample; with `count` the length, the list is shuffled.
    pub fn draw_to_front<T>(&mut self, list: &mut [T], count: usize) {
        for i in 0..count.min(list.len()) {
            self.draw_to(list, i);
        }
    }

    /// One step of Fisher–Yates: swaps entry `i` with a random one of those from `i` on.
    pub fn draw_to<T>(&mut self, list: &mut [T], i: usize) {
        let rest = u32::try_from(list.len() - i).unwrap_or(u32::MAX);
        list.swap(i, i + self.below(rest) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(key: [u8; 32], skip_blocks: usize) -> String {
        let mut stream = KeyStream::new(key);
        (0..16 * skip_blocks).for_each(|_| {
            stream.word();
        });
        hex::encode((0..16).flat_map(|_| stream.word().to_le_bytes()).collect::<Vec<u8>>())
    }

    /// RFC 8439, appendix A.1, the vectors with a zero nonce.
    #[test]
    fn words_are_those_of_rfc_8439() {
        let mut one_at_the_end = [0; 32];
        one_at_the_end[31] = 1;
        let mut ff_second = [0; 32];
        ff_second[1] = 0xff;
        // #1: key 0, block 0.
        assert_eq!(
            bytes([0; 32], 0),
            "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7\
             da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"
        );
        // #2: key 0, block 1.
        assert_eq!(
            bytes([0; 32], 1),
            "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed\
             29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f"
        );
        // #3: key 00…01, block 1.
        assert_eq!(
            bytes(one_at_the_end, 1),
            "3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a\
             8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0"
        );
        // #4: key 00ff00…, block 2.
        assert_eq!(
            bytes(ff_second, 2),
            "72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca\
             13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096"
        );
    }

    /// RFC 8439, 2.3.2 and appendix A.1 #5: nonces that the draw never uses, so that the generator underneath is known to
    /// be this ChaCha20 throughout. It holds the twelve bytes of nonce as the high half of the counter, and the stream.
    #[test]
    fn the_generator_underneath_is_that_of_rfc_8439_for_other_nonces_too() {
        let block = |key, nonce: [u32; 3], counter: u32| {
            let [first, second, third] = nonce;
            let mut rng = ChaCha20Rng::from_seed(key);
            rng.set_stream(u64::from(third) << 32 | u64::from(second));
            rng.set_word_pos((u128::from(first) << 32 | u128::from(counter)) * 16);
            hex::encode((0..16).flat_map(|_| rng.next_u32().to_le_bytes()).collect::<Vec<u8>>())
        };
        assert_eq!(
            block(std::array::from_fn(|i| i as u8), [0x0900_0000, 0x4a00_0000, 0], 1),
            "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e\
             d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e"
        );
        assert_eq!(
            block([0; 32], [0, 0, 0x0200_0000], 0),
            "c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7\
             8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d"
        );
    }

    #[test]
    fn numbers_below_n_are_even_and_in_range() {
        let mut stream = KeyStream::new([7; 32]);
        let mut counts = [0_u32; 6];
        (0..60_000).for_each(|_| counts[stream.below(6) as usize] += 1);
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 500), "{counts:?}");
    }

    #[test]
    fn a_choice_of_one_takes_no_word() {
        let (mut one, mut other) = (KeyStream::new([1; 32]), KeyStream::new([1; 32]));
        assert_eq!(one.below(1), 0);
        assert_eq!(one.word(), other.word());
    }
}
