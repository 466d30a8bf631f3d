//! What a tool shows on its terminal.

use std::io::{self, Read};

/// The reading end of a terminal.
///
/// Linux can answer a read with an error (`EIO`, the other side has closed) while the last that was written there
/// is still on its way through the kernel. The next read finds it: only two errors in a row are the end.
pub(super) struct Screen<R>(pub(super) R);

impl<R: Read> Read for Screen<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).or_else(|_| self.0.read(buffer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal as it was read, one answer after the other.
    struct Answers(Vec<io::Result<&'static [u8]>>);

    impl Read for Answers {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(closed());
            }
            let words = self.0.remove(0)?;
            buffer[..words.len()].copy_from_slice(words);
            Ok(words.len())
        }
    }

    fn closed() -> io::Error {
        io::Error::other("the other side has closed")
    }

    #[test]
    fn last_words_behind_an_error_are_heard() {
        let mut screen = Screen(Answers(vec![Ok(b"Password:"), Err(closed()), Ok(b"- Done!")]));
        let mut heard = Vec::new();
        let end = screen.read_to_end(&mut heard).unwrap_err();
        assert_eq!(
            (heard.as_slice(), end.to_string().as_str()),
            (b"Password:- Done!".as_slice(), "the other side has closed")
        );
    }
}
