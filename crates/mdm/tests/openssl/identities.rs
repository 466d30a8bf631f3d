//! An identity opens elsewhere, by algorithms that every macOS imports.

use super::{folder_of, identity, openssl};

#[test]
fn an_identity_opens_and_is_what_it_says() {
    let identity = identity(1);
    let folder = folder_of(&identity);
    let password = format!("pass:{}", *identity.password);
    let (done, said) = openssl(
        folder.path(),
        &[
            "pkcs12",
            "-in",
            "identity.p12",
            "-passin",
            &password,
            "-info",
            "-noout",
        ],
    );
    assert!(done, "{said}");
    assert!(
        said.contains("MAC: sha1") && said.contains("pbeWithSHA1And3-KeyTripleDES-CBC"),
        "{said}"
    );
    let (_, said) = openssl(
        folder.path(),
        &[
            "x509",
            "-in",
            "cert.pem",
            "-noout",
            "-text",
            "-fingerprint",
            "-sha256",
        ],
    );
    for expected in [
        "CN = Mac of the tests",
        "2048 bit",
        "Digital Signature",
        "Client Authentication",
        "CA:FALSE",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let number = identity.certificate.iter().map(|byte| format!("{byte:02X}"));
    let number = number.collect::<Vec<_>>().join(":");
    assert!(said.contains(&number), "{said}");
}

#[test]
fn another_password_opens_nothing() {
    let folder = folder_of(&identity(2));
    let take = [
        "pkcs12",
        "-in",
        "identity.p12",
        "-passin",
        "pass:another",
        "-noout",
    ];
    assert!(!openssl(folder.path(), &take).0);
}
