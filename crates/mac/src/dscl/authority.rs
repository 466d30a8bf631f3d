//! The ways in which an account can authenticate, as its record lists them.

/// One value of the attribute `AuthenticationAuthority`: `version;tag;data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authority {
    /// A password hash in the local directory, with the kinds of hash.
    ShadowHash {
        /// Such as `SALTED-SHA512-PBKDF2`.
        hashes: Vec<String>,
    },
    /// The mark of a Secure Token. Not a test of one by itself.
    SecureToken,
    /// What this account must not be given by itself, such as `SecureToken`.
    DisabledTags(Vec<String>),
    /// The account is disabled.
    DisabledUser,
    /// A mobile account: the copy of one in a directory on the network.
    LocalCachedUser {
        /// The node in which the account lives, such as `/Active Directory/CORP/corp.example.com`.
        node: String,
    },
    /// A Kerberos principal.
    Kerberos {
        /// The principal with its realm.
        principal: String,
    },
    /// A smart card, by the hash of its key.
    TokenIdentity(String),
    /// Another one, as it stands.
    Other(String),
}

impl Authority {
    /// Reads one value.
    pub fn parse(value: &str) -> Self {
        let mut fields = value.split(';');
        let (_version, tag) = (fields.next(), fields.next().unwrap_or_default());
        let data: Vec<&str> = fields.collect();
        let first = data.first().copied().unwrap_or_default();
        match tag {
            "ShadowHash" => Self::ShadowHash {
                hashes: hashes(first),
            },
            "SecureToken" => Self::SecureToken,
            "DisabledTags" => {
                let tags = data.iter().flat_map(|field| field.split([',', ' ']));
                Self::DisabledTags(tags.filter(|tag| !tag.is_empty()).map(str::to_owned).collect())
            }
            "DisabledUser" => Self::DisabledUser,
            // The record name and the GUID stand behind the node; a node holds no colon.
            "LocalCachedUser" => Self::LocalCachedUser {
                node: first.split(':').next().unwrap_or_default().to_owned(),
            },
            "Kerberosv5" => Self::Kerberos {
                principal: data.get(1).copied().unwrap_or_default().to_owned(),
            },
            "tokenidentity" => Self::TokenIdentity(first.to_owned()),
            _ => Self::Other(value.to_owned()),
        }
    }
}

/// The names in `HASHLIST:<A,B>`.
fn hashes(data: &str) -> Vec<String> {
    let list = crate::text::between(data, "HASHLIST:<", ">").unwrap_or_default();
    list.split(',')
        .filter(|hash| !hash.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Authority;

    #[test]
    fn every_known_value_has_its_type() {
        let cases = [
            (
                ";ShadowHash;HASHLIST:<SALTED-SHA512-PBKDF2,SRP-RFC5054-4096-SHA512-PBKDF2>",
                Authority::ShadowHash {
                    hashes: vec![
                        "SALTED-SHA512-PBKDF2".to_owned(),
                        "SRP-RFC5054-4096-SHA512-PBKDF2".to_owned(),
                    ],
                },
            ),
            (";SecureToken;", Authority::SecureToken),
            (
                ";DisabledTags;SecureToken",
                Authority::DisabledTags(vec!["SecureToken".to_owned()]),
            ),
            (";DisabledUser;", Authority::DisabledUser),
            (
                ";DisabledUser;;ShadowHash;HASHLIST:<SALTED-SHA512-PBKDF2>",
                Authority::DisabledUser,
            ),
            (
                ";Kerberosv5;;ann@LKDC:SHA1.4C5D;LKDC:SHA1.4C5D;",
                Authority::Kerberos {
                    principal: "ann@LKDC:SHA1.4C5D".to_owned(),
                },
            ),
            (";tokenidentity;5F3A", Authority::TokenIdentity("5F3A".to_owned())),
            (";basic;", Authority::Other(";basic;".to_owned())),
            ("", Authority::Other(String::new())),
        ];
        for (value, authority) in cases {
            assert_eq!(Authority::parse(value), authority, "{value}");
        }
    }
}
