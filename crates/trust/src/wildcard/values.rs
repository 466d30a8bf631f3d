//! The values that wildcards have for one Mac.

use std::collections::BTreeMap;

use super::text::{Piece, pieces};
use super::{Field, Unresolved, Why, Word, is_template};
use crate::enrolment::{AttributeName, AttributeValue, EmailAddress, EnrolmentRecord};
use crate::name::{AccountName, FullName};
use crate::observation::Account;

/// Whether an organisation's own attribute is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeKind {
    /// Its values are there to be read.
    Plain,
    /// Its values are collected and sealed.
    Secret,
}

/// What is known of one Mac.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// Its serial number.
    pub serial_number: &'a str,
    /// The computer's name.
    pub device_name: &'a str,
    /// Its enrolment record, when it has one.
    pub record: Option<&'a EnrolmentRecord>,
    /// The organisation's own attributes.
    pub attributes: &'a BTreeMap<AttributeName, AttributeKind>,
    /// The accounts that were last seen on it; `None` when it has not told of them.
    pub accounts: Option<&'a [Account]>,
}

/// What a password field holds for one Mac.
#[derive(Clone, PartialEq, Eq)]
pub enum ResolvedSecret {
    /// A password. It is the caller's to zeroise; there is no other copy.
    Password(String),
    /// The collected secret of this attribute.
    Collected(AttributeName),
}

impl Values<'_> {
    /// The text of a field that is not secret, for this Mac.
    pub fn resolve(&self, text: &str, field: Field) -> Result<String, Unresolved> {
        if !is_template(text) {
            return Ok(text.to_owned());
        }
        // The exact length first: a text that grows would leave copies of a password behind.
        let mut length = 0;
        for piece in pieces(text) {
            length += self.piece(piece, field)?.len();
        }
        let mut resolved = String::with_capacity(length);
        for piece in pieces(text) {
            resolved.push_str(self.piece(piece, field)?);
        }
        Ok(resolved)
    }

    /// What a password field holds for this Mac.
    pub fn resolve_secret(&self, text: &str, field: Field) -> Result<ResolvedSecret, Unresolved> {
        let mut all = pieces(text);
        if let (Some(Piece::Word(word)), None) = (all.next(), all.next())
            && let Some(attribute) = self.secret(word)
        {
            return Ok(ResolvedSecret::Collected(attribute));
        }
        self.resolve(text, field).map(ResolvedSecret::Password)
    }

    /// What one piece stands for.
    fn piece<'s>(&'s self, piece: Piece<'s>, field: Field) -> Result<&'s str, Unresolved> {
        let text = match piece {
            Piece::Text(text) => return Ok(text),
            Piece::Word(text) => text,
        };
        let unresolved = |wildcard, why| Unresolved { field, wildcard, why };
        let known = Word::parse(text).filter(|word| self.knows(word));
        let Some(word) = known else {
            let named = Word::parse(text).filter(|_| !field.is_secret());
            return Err(unresolved(named, Why::NotKnown));
        };
        if self.secret(text).is_some() {
            let why = if field.is_secret() {
                Why::SecretNotAlone
            } else {
                Why::SecretInName
            };
            return Err(unresolved(Some(word), why));
        }
        match self.value(&word, field) {
            Some(value) => Ok(value),
            None => Err(unresolved(Some(word), Why::NoValue)),
        }
    }

    fn knows(&self, word: &Word) -> bool {
        match word {
            Word::Attribute(name) => self.attributes.contains_key(name),
            Word::Username
            | Word::FullName
            | Word::Email
            | Word::SerialNumber
            | Word::DeviceName
            | Word::Password => true,
        }
    }

    /// The attribute of this word, when its values are secret.
    fn secret(&self, word: &str) -> Option<AttributeName> {
        match Word::parse(word)? {
            Word::Password => Some(AttributeName::password()),
            Word::Attribute(name) if self.attributes.get(&name) == Some(&AttributeKind::Secret) => Some(name),
            Word::Attribute(_)
            | Word::Username
            | Word::FullName
            | Word::Email
            | Word::SerialNumber
            | Word::DeviceName => None,
        }
    }

    fn value(&self, word: &Word, field: Field) -> Option<&str> {
        match word {
            Word::SerialNumber => Some(self.serial_number),
            Word::DeviceName => Some(self.device_name),
            Word::Username if field.names_an_account() => {
                self.record?.bound_account().map(AccountName::as_str)
            }
            Word::Username => self.record?.username.as_ref().map(AccountName::as_str),
            Word::FullName => self.record?.full_name.as_ref().map(FullName::as_str),
            Word::Email => self.record?.email.as_ref().map(EmailAddress::as_str),
            Word::Attribute(name) => self.record?.attributes.get(name).map(AttributeValue::as_str),
            Word::Password => None,
        }
    }
}
