//! The header `Mdm-Signature` as macOS makes it: a detached CMS signature with lengths that are not told beforehand, no signed
//! attributes, and the signer's certificate (seen in captures of real Macs; those signed over SHA-1, this one over SHA-256).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};

use crate::der::{definite, issuer_and_serial_number, streamed};
use crate::model::mdm::Connection;

const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
/// The algorithm SHA-256, without a parameter but NULL.
const SHA256: &[u8] = &[
    0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
];
/// The algorithm rsaEncryption, likewise.
const RSA: &[u8] = &[
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];
const VERSION_1: &[u8] = &[0x02, 0x01, 0x01];

/// Why nothing could be signed.
#[derive(Debug, thiserror::Error)]
#[error("the Mac's identity cannot sign")]
pub struct SignatureError;

/// The header over a body.
///
/// # Errors
/// When the identity is none.
pub fn header(connection: &Connection, body: &[u8]) -> Result<String, SignatureError> {
    let decoded = |text: &str| STANDARD.decode(text).map_err(|_| SignatureError);
    let (key, certificate) = (decoded(&connection.key)?, decoded(&connection.certificate)?);
    let key = RsaKeyPair::from_pkcs8(&key).map_err(|_| SignatureError)?;
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), body, &mut signature)
        .map_err(|_| SignatureError)?;
    let named = issuer_and_serial_number(&certificate).ok_or(SignatureError)?;
    let signer = definite(
        0x30,
        &[
            VERSION_1,
            &definite(0x30, &[&named]),
            SHA256,
            RSA,
            &definite(0x04, &[&signature]),
        ],
    );
    let signed = streamed(
        0x30,
        &[
            VERSION_1,
            &definite(0x31, &[SHA256]),
            &streamed(0x30, &[DATA]),
            &streamed(0xa0, &[&certificate]),
            &definite(0x31, &[&signer]),
        ],
    );
    Ok(STANDARD.encode(streamed(0x30, &[SIGNED_DATA, &streamed(0xa0, &[&signed])])))
}
