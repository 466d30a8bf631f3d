//! The Mac's side of a real management server: it enrols by a profile, signs what it says, and gives and takes its bootstrap token
//! over HTTP.
//!
//! What the model calls the server's memory of the token is, on such a Mac, what the server said last: it is asked before a tool
//! or a login needs it, and told when that has changed it.

mod http;
mod messages;
mod profile;
mod signature;

pub use messages::{Message, body};
pub use profile::read as read_profile;
pub use signature::{SignatureError, header};

use super::home::{HomeError, MacHome};
pub use super::payload::ProfileError;
use crate::model::mac::Mac;
use crate::model::mdm::{Connection, Mdm};

/// Why the Mac and its server do not understand each other.
#[derive(Debug, thiserror::Error)]
pub enum MdmError {
    /// The profile is none that a Mac would install.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The Mac has a profile of another server, or another one of this.
    #[error("this Mac is enrolled already; its profile has to be removed first")]
    Enrolled,
    /// There is nothing to renew, or something that may not be changed would be.
    #[error("the profile replaces none of this Mac, or changes what may not be changed")]
    NotARenewal,
    /// There is no enrolment with a real server.
    #[error("this Mac is not enrolled by a profile")]
    NotEnrolled,
    /// The request could not be signed.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The server was not reached.
    #[error("reach {url}")]
    Http {
        /// Where.
        url: String,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// The server refused.
    #[error("the server answered {0}")]
    Refused(u16),
    /// The Mac could not be read or written.
    #[error(transparent)]
    Home(#[from] HomeError),
}

/// Installs an enrolment profile.
///
/// # Errors
/// When the Mac is enrolled, or the server does not take it. The Mac is then not enrolled.
pub fn enroll(home: &MacHome, profile: &[u8]) -> Result<(), MdmError> {
    let connection = profile::read(profile)?;
    let mac = home.load()?;
    if mac.mdm.enrolled {
        return Err(MdmError::Enrolled);
    }
    introduce(&mac, &connection)?;
    home.change(|mac| {
        mac.mdm = Mdm {
            enrolled: true,
            user_approved: true,
            server_url: connection.server_url.clone(),
            bootstrap_token_supported: connection.takes_bootstrap_token && mac.os.major >= 11,
            connection: Some(connection),
            ..Mdm::default()
        };
    })?;
    Ok(())
}

/// Installs a profile over the one that the Mac has, as a renewed certificate arrives. macOS then checks in as if it were new.
///
/// # Errors
/// When it is no renewal, or the server does not take it.
pub fn renew(home: &MacHome, profile: &[u8]) -> Result<(), MdmError> {
    let new = profile::read(profile)?;
    let mac = home.load()?;
    let old = connected(&mac)?;
    let may_not_change = |one: &Connection| {
        let Connection {
            profile,
            server_url,
            check_in_url,
            topic,
            ..
        } = one;
        [profile, server_url, check_in_url, topic].map(String::clone)
    };
    if may_not_change(old) != may_not_change(&new) {
        return Err(MdmError::NotARenewal);
    }
    introduce(&mac, &new)?;
    home.change(|mac| mac.mdm.connection = Some(new))?;
    Ok(())
}

/// Removes the profile.
///
/// # Errors
/// When there is none, or the Mac could not be written. That the server was not reached stops nobody.
pub fn unenroll(home: &MacHome) -> Result<(), MdmError> {
    let mac = home.load()?;
    let connection = connected(&mac)?;
    if connection.check_out_when_removed {
        let _ = check_in(&mac, connection, &Message::CheckOut);
    }
    home.change(|mac| mac.mdm = Mdm::default())?;
    Ok(())
}

/// Asks for a command, as after a push. Answers how the server's answer begins: 200, and what it said.
///
/// # Errors
/// When the server refuses or is not there.
pub fn poll(home: &MacHome) -> Result<Vec<u8>, MdmError> {
    let mac = home.load()?;
    let connection = connected(&mac)?;
    put(
        connection,
        &connection.server_url,
        &body(&mac, &connection.topic, &Message::Idle),
    )
}

/// Lets something happen to the Mac with the server at hand: the server is asked for the bootstrap token before, and told
/// when it is another one afterwards. On a Mac without a real server, it just happens.
///
/// # Errors
/// When the server is not there. What happened stays; a token that it did not take is none that it holds.
pub fn with_server<T>(home: &MacHome, happen: impl FnOnce() -> T) -> Result<T, MdmError> {
    let mac = home.load()?;
    let Some(connection) = mac.mdm.connection.clone().filter(|_| mac.session.network) else {
        return Ok(happen());
    };
    let held = ask_for_token(&mac, &connection)?;
    home.change(|mac| mac.mdm.escrowed_bootstrap_token.clone_from(&held))?;
    let happened = happen();
    let mac = home.load()?;
    let token = mac.mdm.escrowed_bootstrap_token.clone();
    if token != held && mac.mdm.connection.is_some() {
        let told = check_in(&mac, &connection, &Message::SetBootstrapToken(token.as_deref()));
        if let Err(error) = told {
            home.change(|mac| mac.mdm.escrowed_bootstrap_token = held)?;
            return Err(error);
        }
    }
    Ok(happened)
}

fn connected(mac: &Mac) -> Result<&Connection, MdmError> {
    mac.mdm.connection.as_ref().ok_or(MdmError::NotEnrolled)
}

/// What a Mac says first.
fn introduce(mac: &Mac, connection: &Connection) -> Result<(), MdmError> {
    check_in(mac, connection, &Message::Authenticate)?;
    check_in(mac, connection, &Message::TokenUpdate)?;
    Ok(())
}

fn ask_for_token(mac: &Mac, connection: &Connection) -> Result<Option<String>, MdmError> {
    let answer = check_in(mac, connection, &Message::GetBootstrapToken)?;
    Ok(messages::token_of(&answer))
}

fn check_in(mac: &Mac, connection: &Connection, message: &Message<'_>) -> Result<Vec<u8>, MdmError> {
    let body = body(mac, &connection.topic, message);
    put(connection, &connection.check_in_url, &body)
}

fn put(connection: &Connection, url: &str, body: &[u8]) -> Result<Vec<u8>, MdmError> {
    let signature = header(connection, body)?;
    let (status, answer) = http::put(url, &signature, body).map_err(|source| MdmError::Http {
        url: url.to_owned(),
        source,
    })?;
    if status == 200 {
        Ok(answer)
    } else {
        Err(MdmError::Refused(status))
    }
}
