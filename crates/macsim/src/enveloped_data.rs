//! CMS EnvelopedData (RFC 5652, section 6) as macOS writes it: in DER, for one RSA key, which is named by its certificate's issuer and
//! serial number.

use aes::Aes256;
use cbc::Encryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use rand_core::{Infallible, TryCryptoRng, TryRng};
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::{Pkcs1v15Encrypt, RsaPublicKey};

use crate::der::{RSA_ENCRYPTION, definite, issuer_and_serial_number, rsa_public_key};
use crate::model::random::Random;

const ENVELOPED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03];
const DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const AES_256_CBC: &[u8] = &[0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a];
const NULL: &[u8] = &[0x05, 0x00];
const VERSION_0: &[u8] = &[0x02, 0x01, 0x00];

/// Whether a message can be encrypted to this certificate, in DER.
pub(crate) fn takes(certificate: &[u8]) -> bool {
    public_key(certificate).is_some() && issuer_and_serial_number(certificate).is_some()
}

/// The content, encrypted to a certificate in DER; `None` where that has no RSA key.
pub(crate) fn encrypt(certificate: &[u8], content: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let (key, vector): ([u8; 32], [u8; 16]) = (random.bytes(), random.bytes());
    let wrapped = public_key(certificate)?
        .encrypt(&mut Drawn(random), Pkcs1v15Encrypt, &key)
        .ok()?;
    let encrypted =
        Encryptor::<Aes256>::new(&key.into(), &vector.into()).encrypt_padded_vec::<Pkcs7>(content);
    let recipient = definite(
        0x30,
        &[
            VERSION_0,
            &definite(0x30, &[&issuer_and_serial_number(certificate)?]),
            &definite(0x30, &[RSA_ENCRYPTION, NULL]),
            &definite(0x04, &[&wrapped]),
        ],
    );
    let content = definite(
        0x30,
        &[
            DATA,
            &definite(0x30, &[AES_256_CBC, &definite(0x04, &[&vector])]),
            &definite(0x80, &[&encrypted]),
        ],
    );
    let enveloped = definite(0x30, &[VERSION_0, &definite(0x31, &[&recipient]), &content]);
    Some(definite(0x30, &[ENVELOPED_DATA, &definite(0xa0, &[&enveloped])]))
}

fn public_key(certificate: &[u8]) -> Option<RsaPublicKey> {
    RsaPublicKey::from_pkcs1_der(rsa_public_key(certificate)?).ok()
}

/// The Mac's randomness, as the padding of RSA wants it. It guards no real secret.
struct Drawn<'a>(&'a mut Random);

impl TryRng for Drawn<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let [a, b, c, d] = self.0.bytes();
        Ok(u32::from_le_bytes([a, b, c, d]))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.next_u64())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill_with(|| self.0.bytes::<1>()[0]);
        Ok(())
    }
}

impl TryCryptoRng for Drawn<'_> {}
