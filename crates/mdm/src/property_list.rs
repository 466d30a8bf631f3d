//! Reading property lists that come from outside.

use serde::de::DeserializeOwned;

/// The longest message that is read, in bytes. The longest of a Mac, with certificates and all, is a tenth of it.
pub const LONGEST: usize = 256 * 1024;

/// How many dictionaries and lists a message may hold: nothing that is read here needs more, and so none of them stands deeper.
const MOST_CONTAINERS: usize = 256;

/// Why a message was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PropertyListError {
    /// It is longer than any of a Mac.
    #[error("read message: it is too long")]
    TooLong,
    /// It holds more dictionaries or lists than any of a Mac.
    #[error("read message: it holds too much")]
    TooMuch,
    /// It is no property list in XML of what is expected.
    #[error("read message: it is not what the protocol says")]
    Form,
}

/// Reads a property list in XML, as Macs send it.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, PropertyListError> {
    if body.len() > LONGEST {
        return Err(PropertyListError::TooLong);
    }
    let opens = |word: &[u8]| body.windows(word.len()).filter(|window| *window == word).count();
    if opens(b"<dict") + opens(b"<array") > MOST_CONTAINERS {
        return Err(PropertyListError::TooMuch);
    }
    plist::from_reader_xml(body).map_err(|_| PropertyListError::Form)
}
