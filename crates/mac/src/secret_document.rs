//! A document with secrets in it, as some tools want it on standard input.

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::Unfeedable;
use crate::feed::refuse_control_characters;

/// A document with secrets in it, written so that no copy of a secret is left behind.
pub struct SecretDocument {
    bytes: Zeroizing<Vec<u8>>,
    secrets: Vec<SecretString>,
}

/// One entry of a document.
pub(crate) enum Entry<'a> {
    Text(&'static str, &'a str),
    Secret(&'static str, &'a SecretString),
    /// A list of dictionaries.
    List(&'static str, Vec<Vec<Entry<'a>>>),
}

const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" ",
    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n",
    "<plist version=\"1.0\">\n"
);
const TAIL: &str = "</plist>\n";

impl SecretDocument {
    /// A document of these bytes, in which these secrets stand.
    pub(crate) fn new(bytes: Zeroizing<Vec<u8>>, secrets: Vec<SecretString>) -> Self {
        Self { bytes, secrets }
    }

    /// Writes a dictionary as a property list.
    ///
    /// # Errors
    /// When a value holds a character that XML cannot hold.
    pub(crate) fn property_list(entries: &[Entry<'_>]) -> Result<Self, Unfeedable> {
        let mut document = Self {
            // Large enough that it never grows: growing would leave a copy behind.
            bytes: Zeroizing::new(Vec::with_capacity(HEAD.len() + TAIL.len() + room(entries))),
            secrets: Vec::new(),
        };
        let capacity = document.bytes.capacity();
        document.raw(HEAD);
        document.dictionary(entries)?;
        document.raw(TAIL);
        debug_assert_eq!(capacity, document.bytes.capacity(), "the document grew");
        Ok(document)
    }

    /// The document as it goes to the tool.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The secrets in it.
    pub fn secrets(&self) -> &[SecretString] {
        &self.secrets
    }

    fn dictionary(&mut self, entries: &[Entry<'_>]) -> Result<(), Unfeedable> {
        self.raw("<dict>\n");
        for entry in entries {
            match entry {
                Entry::Text(key, text) => {
                    self.key(key);
                    self.string(text)?;
                }
                Entry::Secret(key, secret) => {
                    self.key(key);
                    self.string(secret.expose_secret())?;
                    self.secrets.push((*secret).clone());
                }
                Entry::List(key, items) => {
                    self.key(key);
                    self.raw("<array>\n");
                    for item in items {
                        self.dictionary(item)?;
                    }
                    self.raw("</array>\n");
                }
            }
        }
        self.raw("</dict>\n");
        Ok(())
    }

    fn key(&mut self, key: &'static str) {
        self.raw("<key>");
        self.raw(key);
        self.raw("</key>\n");
    }

    fn string(&mut self, text: &str) -> Result<(), Unfeedable> {
        refuse_control_characters(text)?;
        self.raw("<string>");
        for byte in text.bytes() {
            match byte {
                b'&' => self.raw("&amp;"),
                b'<' => self.raw("&lt;"),
                b'>' => self.raw("&gt;"),
                _ => self.bytes.push(byte),
            }
        }
        self.raw("</string>\n");
        Ok(())
    }

    fn raw(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// The most bytes that a dictionary with these entries takes.
fn room(entries: &[Entry<'_>]) -> usize {
    let tags = "<key></key>\n<string></string>\n<array>\n</array>\n<dict>\n</dict>\n".len();
    let of = |entry: &Entry<'_>| match entry {
        Entry::Text(key, text) => key.len() + 5 * text.len(),
        Entry::Secret(key, secret) => key.len() + 5 * secret.expose_secret().len(),
        Entry::List(key, items) => key.len() + items.iter().map(|item| room(item)).sum::<usize>(),
    };
    tags + entries.iter().map(|entry| tags + of(entry)).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{Entry, SecretDocument};
    use crate::Unfeedable;

    #[test]
    fn the_document_reads_back_as_it_was_meant() {
        let secret = SecretString::from("a<b>&&&&&&\"c' 🔑");
        let document = SecretDocument::property_list(&[
            Entry::Text("Username", "o'neil & <sons>"),
            Entry::Secret("Password", &secret),
            Entry::List(
                "AdditionalUsers",
                vec![vec![
                    Entry::Text("Username", "bob"),
                    Entry::Secret("Password", &secret),
                ]],
            ),
        ])
        .expect("a document");
        let read = plist::Value::from_reader_xml(document.bytes()).expect("a property list");
        let read = read.as_dictionary().expect("a dictionary");
        assert_eq!(
            read.get("Username").and_then(plist::Value::as_string),
            Some("o'neil & <sons>")
        );
        assert_eq!(
            read.get("Password").and_then(plist::Value::as_string),
            Some("a<b>&&&&&&\"c' 🔑")
        );
        assert_eq!(
            read.get("AdditionalUsers")
                .and_then(plist::Value::as_array)
                .map(Vec::len),
            Some(1)
        );
        assert_eq!(document.secrets().len(), 2);
    }

    #[test]
    fn a_character_that_xml_cannot_hold_is_refused() {
        let secret = SecretString::from("a\u{1}b");
        let refused = SecretDocument::property_list(&[Entry::Secret("Password", &secret)]).err();
        assert_eq!(refused, Some(Unfeedable::ControlCharacter));
    }
}
