//! What the Mac says, as property lists.

use plist::{Dictionary, Value};

use crate::model::mac::Mac;

/// A message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message<'a> {
    /// The Mac enrols.
    Authenticate,
    /// It can be woken now.
    TokenUpdate,
    /// Its profile was removed.
    CheckOut,
    /// Its bootstrap token, or that it has none.
    SetBootstrapToken(Option<&'a str>),
    /// What is my bootstrap token?
    GetBootstrapToken,
    /// What is there to do?
    Idle,
}

/// The message as it is sent by this Mac.
#[must_use]
pub fn body(mac: &Mac, topic: &str, message: &Message<'_>) -> Vec<u8> {
    let mut keys = Dictionary::new();
    let mut say = |key: &str, value: Value| {
        keys.insert(key.to_owned(), value);
    };
    let text = |text: &str| Value::String(text.to_owned());
    say("UDID", text(&mac.hardware.uuid));
    let message_type = match message {
        Message::Authenticate => {
            say("DeviceName", text(&mac.computer_name));
            say("Model", text(&mac.hardware.model));
            say("ModelName", text("Mac"));
            say("OSVersion", text(&mac.os.to_string()));
            say("ProductName", text(&mac.hardware.model));
            say("SerialNumber", text(&mac.hardware.serial));
            "Authenticate"
        }
        Message::TokenUpdate => {
            say("AwaitingConfiguration", Value::Boolean(false));
            say("PushMagic", text("B1C5AF1E-9A3B-4B4F-8C8F-2C1D5A1B7E00"));
            say("Token", Value::Data(vec![7; 32]));
            "TokenUpdate"
        }
        Message::CheckOut => "CheckOut",
        Message::SetBootstrapToken(token) => {
            say("AwaitingConfiguration", Value::Boolean(false));
            if let Some(token) = token {
                say("BootstrapToken", Value::Data(token.as_bytes().to_vec()));
            }
            "SetBootstrapToken"
        }
        Message::GetBootstrapToken => {
            say("AwaitingConfiguration", Value::Boolean(false));
            "GetBootstrapToken"
        }
        Message::Idle => "",
    };
    if message_type.is_empty() {
        say("Status", text("Idle"));
    } else {
        say("MessageType", text(message_type));
        say("Topic", text(topic));
    }
    let mut xml = Vec::new();
    // Writing to memory does not fail.
    let _ = Value::Dictionary(keys).to_writer_xml(&mut xml);
    xml
}

/// The token in the answer to `GetBootstrapToken`.
pub(super) fn token_of(answer: &[u8]) -> Option<String> {
    let answer = Value::from_reader_xml(answer).ok()?;
    let token = answer.as_dictionary()?.get("BootstrapToken")?.as_data()?;
    String::from_utf8(token.to_vec()).ok()
}
