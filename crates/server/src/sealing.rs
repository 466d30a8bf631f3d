//! The edge at which a password ends: it is sealed to the device's key, bound to the one action that it was given for, and
//! dropped. Nothing on this server can open what comes out.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret as _, SecretString};
use trust::action::SecretRole;
use trust::wildcard::{is_template, named_words};
use wire::encoding::Bytes;
use wire::envelope::Envelope;
use wire::seal::{LONGEST_SECRET, PADDING, SealError, Sealed, SealingPublicKey, seal};

use crate::actions::resolve::ResolvedAction;
use crate::entropy::Entropy;
use crate::input::{Fields, TEXT};
use crate::problem::Problem;

/// Bytes of an X25519 public key.
const KEY_LENGTH: usize = 32;

/// Bytes that the cipher's tag adds.
const TAG_LENGTH: usize = 16;

/// A secret as the caller gives it.
#[derive(Clone)]
pub(crate) enum Given {
    /// In clear, to be sealed here.
    Password(SecretString),
    /// Sealed by the caller. Whether it opens shows on the device.
    Sealed(Sealed),
    /// A text with wildcards that stands for it. What resolving an action leaves holds none.
    From(SecretString),
}

impl Given {
    /// Takes `password`, `password_from` or `sealed` out of a credential's fields. Exactly one of them must be there.
    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Self, Problem> {
        Self::read_optional(fields)?.ok_or_else(|| Problem::invalid(fields.path_of("password"), "is there"))
    }

    /// Takes `password`, `password_from` or `sealed` out of a credential's fields, when one of them is there.
    pub(crate) fn read_optional(fields: &mut Fields<'_>) -> Result<Option<Self>, Problem> {
        let password = fields.optional_secret("password")?;
        let template = read_template(fields)?;
        let sealed = fields.optional_object("sealed")?.map(read_sealed).transpose()?;
        match (password, template, sealed) {
            (Some(password), None, None) => Ok(Some(Self::Password(password))),
            (None, Some(template), None) => Ok(Some(Self::From(template))),
            (None, None, Some(sealed)) => Ok(Some(Self::Sealed(sealed))),
            (None, None, None) => Ok(None),
            (_, Some(_), _) => Err(Problem::invalid(
                fields.path_of("password_from"),
                "is not there together with `password` or `sealed`",
            )),
            (Some(_), None, Some(_)) => Err(Problem::invalid(
                fields.path_of("sealed"),
                "is not there together with `password`",
            )),
        }
    }

    /// The wildcards that stand for it, such as `%password%`, when some do.
    pub(crate) fn named_wildcards(&self) -> Option<Vec<String>> {
        match self {
            Self::From(text) => Some(
                named_words(text.expose_secret())
                    .map(|word| word.wildcard())
                    .collect(),
            ),
            Self::Password(_) | Self::Sealed(_) => None,
        }
    }

    /// Whether the caller has sealed it.
    pub(crate) fn is_sealed(&self) -> bool {
        matches!(self, Self::Sealed(_))
    }

    /// The secret, sealed to `recipient` and bound to `role` in `envelope`.
    fn sealed_for(
        &self,
        envelope: &Envelope,
        role: SecretRole,
        recipient: &SealingPublicKey,
        entropy: &Entropy,
    ) -> Result<Sealed, SealError> {
        match self {
            Self::Sealed(sealed) => Ok(sealed.clone()),
            Self::Password(password) | Self::From(password) => {
                let bound_to = envelope.associated_data(role);
                seal(recipient, password, &bound_to, &mut *entropy.lock())
            }
        }
    }
}

/// Every secret of an action: those that were given, sealed to `recipient` and bound to their role in `envelope`, and
/// those that were collected.
pub(crate) fn seal_for(
    envelope: &Envelope,
    resolved: &ResolvedAction,
    recipient: &SealingPublicKey,
    entropy: &Entropy,
) -> Result<BTreeMap<SecretRole, Sealed>, Problem> {
    let given = resolved.given.iter().map(|(role, given)| {
        let sealed = given.sealed_for(envelope, *role, recipient, entropy);
        Ok((*role, sealed.map_err(|error| Problem::internal(&error))?))
    });
    let collected = resolved.collected.iter();
    let collected = collected.map(|(role, collected)| Ok((*role, collected.sealed.clone())));
    given.chain(collected).collect()
}

/// What stands for a password. It is read like one: it may have been typed in the wrong place.
fn read_template(fields: &mut Fields<'_>) -> Result<Option<SecretString>, Problem> {
    let Some(text) = fields.optional_secret("password_from")? else {
        return Ok(None);
    };
    if is_template(text.expose_secret()) {
        return Ok(Some(text));
    }
    let rule = "holds a wildcard, such as `%password%`; a password itself stands in `password`";
    Err(Problem::invalid(fields.path_of("password_from"), rule))
}

/// A seal's shape can be checked; what is in it cannot.
fn read_sealed(mut fields: Fields<'_>) -> Result<Sealed, Problem> {
    let key = bytes(&mut fields, "encapsulated_key")?;
    if key.0.len() != KEY_LENGTH {
        return Err(Problem::invalid(
            fields.path_of("encapsulated_key"),
            "has 32 bytes",
        ));
    }
    let ciphertext = bytes(&mut fields, "ciphertext")?;
    let padded = ciphertext.0.len().checked_sub(TAG_LENGTH);
    let longest = (LONGEST_SECRET + 1).next_multiple_of(PADDING);
    if !padded.is_some_and(|length| length > 0 && length % PADDING == 0 && length <= longest) {
        let rule = "is a padded secret of 256, 512, 768 or 1024 bytes with its tag of 16";
        return Err(Problem::invalid(fields.path_of("ciphertext"), rule));
    }
    fields.end()?;
    Ok(Sealed {
        encapsulated_key: key,
        ciphertext,
    })
}

fn bytes(fields: &mut Fields<'_>, name: &str) -> Result<Bytes, Problem> {
    let text = fields.required(name, &TEXT)?;
    Bytes::from_text(&text)
        .map_err(|_| Problem::invalid(fields.path_of(name), "is base64url without padding"))
}
