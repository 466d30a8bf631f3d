//! Signatures of every shape that Macs were seen to make, and what was done to them.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mdm::signature::{SignatureError, signer, verify};

use super::{folder_of, identity, openssl};

const BODY: &[u8] = b"<plist><dict/></plist>";

/// A signature over [`BODY`] by the identity in a folder.
fn sign(folder: &Path, more: &[&str]) -> Vec<u8> {
    fs::write(folder.join("body"), BODY).unwrap();
    let args = [
        "cms",
        "-sign",
        "-binary",
        "-in",
        "body",
        "-signer",
        "cert.pem",
        "-inkey",
        "key.pem",
        "-outform",
        "DER",
        "-out",
        "signature",
    ];
    let (done, said) = openssl(folder, &[&args[..], more].concat());
    assert!(done, "{said}");
    fs::read(folder.join("signature")).unwrap()
}

#[test]
fn every_shape_is_verified() {
    let identity = identity(3);
    let folder = folder_of(&identity);
    for digest in ["sha1", "sha256", "sha384", "sha512"] {
        for shape in [
            &[][..],
            &["-noattr"],
            &["-stream"],
            &["-stream", "-noattr"],
            &["-keyid"],
            &["-nosmimecap"],
        ] {
            let signature = sign(folder.path(), &[&["-md", digest][..], shape].concat());
            assert_eq!(
                verify(&signature, BODY),
                Ok(identity.certificate),
                "{digest} {shape:?}"
            );
            let header = STANDARD.encode(&signature);
            assert_eq!(signer(header.as_bytes(), BODY), Ok(identity.certificate));
            let wrong = verify(&signature, b"<plist><dict></dict></plist>");
            assert_eq!(wrong, Err(SignatureError::Wrong), "{digest} {shape:?}");
        }
    }
}

#[test]
fn a_streamed_signature_has_indefinite_lengths() {
    let folder = folder_of(&identity(4));
    // What makes the test above one of BER, and not of DER again.
    let signature = sign(folder.path(), &["-stream", "-noattr"]);
    assert_eq!(signature[..2], [0x30, 0x80]);
    assert!(signature.ends_with(&[0, 0]));
}

#[test]
fn no_changed_byte_of_certificate_or_signature_and_no_cut_off_one_names_the_signer() {
    let identity = identity(5);
    let folder = folder_of(&identity);
    let (done, said) = openssl(
        folder.path(),
        &["x509", "-in", "cert.pem", "-outform", "DER", "-out", "cert.der"],
    );
    assert!(done, "{said}");
    let certificate = fs::read(folder.path().join("cert.der")).unwrap();
    for shape in [&[][..], &["-noattr"], &["-stream", "-noattr"]] {
        let signature = sign(folder.path(), shape);
        let find = |what: &[u8]| {
            signature
                .windows(what.len())
                .rposition(|window| window == what)
                .unwrap()
        };
        let begins = find(&certificate);
        // The last string of 256 bytes is what the key of 2048 bits made.
        let value = find(&[0x04, 0x82, 0x01, 0x00]) + 4;
        let counts = (begins..begins + certificate.len()).chain(value..value + 256);
        for at in counts {
            let mut changed = signature.clone();
            changed[at] ^= 0x01;
            assert_ne!(
                verify(&changed, BODY),
                Ok(identity.certificate),
                "{shape:?}: byte {at} changed"
            );
        }
        for at in 0..signature.len() {
            assert!(verify(&signature[..at], BODY).is_err(), "{shape:?}: cut at {at}");
        }
    }
}

#[test]
fn a_signature_without_its_certificate_is_refused() {
    let folder = folder_of(&identity(6));
    let signature = sign(folder.path(), &["-nocerts"]);
    assert_eq!(verify(&signature, BODY), Err(SignatureError::Form));
}

#[test]
fn two_signers_are_refused() {
    let (mine, other) = (folder_of(&identity(7)), folder_of(&identity(8)));
    fs::copy(other.path().join("cert.pem"), mine.path().join("other.pem")).unwrap();
    fs::copy(other.path().join("key.pem"), mine.path().join("other-key.pem")).unwrap();
    let signature = sign(mine.path(), &["-signer", "other.pem", "-inkey", "other-key.pem"]);
    assert_eq!(verify(&signature, BODY), Err(SignatureError::Form));
}

#[test]
fn anothers_certificate_does_not_verify() {
    let (mine, other) = (folder_of(&identity(8)), folder_of(&identity(9)));
    fs::copy(other.path().join("cert.pem"), mine.path().join("other.pem")).unwrap();
    for name in [&[][..], &["-keyid"]] {
        // Signed by one, with another's certificate in the place of its own.
        let signature = sign(
            mine.path(),
            &[&["-nocerts", "-certfile", "other.pem"][..], name].concat(),
        );
        assert!(verify(&signature, BODY).is_err());
    }
}

#[test]
fn a_key_of_another_kind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (done, said) = openssl(
        folder.path(),
        &[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
            "-subj",
            "/CN=x",
            "-days",
            "2",
        ],
    );
    assert!(done, "{said}");
    let signature = sign(folder.path(), &[]);
    assert_eq!(verify(&signature, BODY), Err(SignatureError::Algorithm));
}

#[test]
fn what_is_no_header_is_refused() {
    assert_eq!(signer(b"not base64!", BODY), Err(SignatureError::Header));
    assert_eq!(signer(&vec![b'A'; 20_000], BODY), Err(SignatureError::Header));
    assert_eq!(signer(b"AAAA", BODY), Err(SignatureError::Form));
}
