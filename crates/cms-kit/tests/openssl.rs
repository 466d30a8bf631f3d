//! Messages against the `openssl cms` tool, which shares nothing with ours: what it makes opens here, what is made here opens
//! there, and what was changed opens nowhere.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use cms_kit::{OpenError, Recipient, open, seal};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use tempfile::TempDir;

/// A content as macOS encrypts it: a recovery key of 29 bytes.
const CONTENT: &[u8] = b"AU2A-PHMK-WBGX-PWKX-M3X3-VAPY";

fn random() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

fn made(name: &str) -> Recipient {
    let from = Duration::from_secs(1_700_000_000);
    Recipient::make(name, (from, from * 2), &mut random()).unwrap()
}

/// Making a key takes a moment: the tests share one.
static OURS: LazyLock<Recipient> = LazyLock::new(|| made("Ours"));

/// A folder with what the tool reads and writes.
struct Tool(TempDir);

impl Tool {
    fn new(recipient: &Recipient) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tool = Self(folder);
        let pem = recipient.to_pem().unwrap();
        fs::write(tool.file("recipient.pem"), pem.as_bytes()).unwrap();
        fs::write(tool.file("content"), CONTENT).unwrap();
        tool
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> bool {
        #[expect(clippy::disallowed_methods, reason = "the other side of the test is a tool")]
        let run = Command::new("openssl")
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("the openssl tool is installed");
        if !run.status.success() {
            eprintln!("{}", String::from_utf8_lossy(&run.stderr));
        }
        run.status.success()
    }

    /// The content, encrypted by the tool.
    fn encrypt(&self, more: &[&str]) -> Vec<u8> {
        let cms = "cms -encrypt -binary -in content -outform DER -out message";
        let mut arguments: Vec<&str> = cms.split(' ').collect();
        arguments.extend(more);
        arguments.push("recipient.pem");
        assert!(self.run(&arguments), "{more:?}");
        fs::read(self.file("message")).unwrap()
    }
}

#[test]
fn what_the_tool_makes_opens_with_every_cipher_in_der_and_in_ber() {
    let tool = Tool::new(&OURS);
    for cipher in ["-aes-128-cbc", "-aes-192-cbc", "-aes-256-cbc", "-des-ede3-cbc"] {
        for more in [
            &[cipher][..],
            &[cipher, "-stream"],
            &[cipher, "-keyid"],
            &[cipher, "-keyid", "-stream"],
        ] {
            let message = tool.encrypt(more);
            // Whether lengths are told by an end, as Apple's tools write them.
            assert_eq!(message[1] == 0x80, more.contains(&"-stream"), "{more:?}");
            let opened = open(&OURS, &message, &mut random());
            assert_eq!(opened.unwrap().as_slice(), CONTENT, "{more:?}");
        }
    }
}

#[test]
fn what_is_made_here_opens_with_the_tool() {
    let tool = Tool::new(&OURS);
    let message = seal(&OURS, CONTENT, &mut random()).unwrap();
    fs::write(tool.file("message"), &message).unwrap();
    let cms =
        "cms -decrypt -binary -inform DER -in message -out opened -inkey recipient.pem -recip recipient.pem";
    assert!(tool.run(&cms.split(' ').collect::<Vec<_>>()));
    assert_eq!(fs::read(tool.file("opened")).unwrap(), CONTENT);
    assert_eq!(open(&OURS, &message, &mut random()).unwrap().as_slice(), CONTENT);
}

#[test]
fn the_tool_reads_the_certificate_and_it_is_signed_by_its_own_key() {
    let tool = Tool::new(&OURS);
    fs::write(tool.file("certificate.der"), OURS.certificate().unwrap()).unwrap();
    assert!(tool.run(&[
        "x509",
        "-inform",
        "DER",
        "-in",
        "certificate.der",
        "-out",
        "certificate.pem"
    ]));
    assert!(tool.run(&[
        "verify",
        "-no_check_time",
        "-CAfile",
        "certificate.pem",
        "certificate.pem"
    ]));
}

#[test]
fn a_message_to_others_with_several_recipients_or_by_another_way_is_told_apart() {
    let other = made("Other");
    let theirs = Tool::new(&other);
    let message = theirs.encrypt(&["-aes-128-cbc"]);
    assert_eq!(
        open(&OURS, &message, &mut random()).unwrap_err(),
        OpenError::NotForUs
    );

    let ours = Tool::new(&OURS);
    fs::write(ours.file("other.pem"), other.to_pem().unwrap().as_bytes()).unwrap();
    for more in [
        &["-aes-128-cbc", "other.pem"][..],
        &["-aes-128-cbc", "-stream", "other.pem"],
    ] {
        let both = ours.encrypt(more);
        assert_eq!(open(&OURS, &both, &mut random()).unwrap().as_slice(), CONTENT);
        assert_eq!(open(&other, &both, &mut random()).unwrap().as_slice(), CONTENT);
    }

    let oaep = "cms -encrypt -in content -outform DER -out message -recip recipient.pem -keyopt rsa_padding_mode:oaep";
    assert!(ours.run(&oaep.split(' ').collect::<Vec<_>>()));
    let oaep = fs::read(ours.file("message")).unwrap();
    assert_eq!(
        open(&OURS, &oaep, &mut random()).unwrap_err(),
        OpenError::Unsupported
    );
    let gcm = ours.encrypt(&["-aes-128-gcm"]);
    assert_eq!(
        open(&OURS, &gcm, &mut random()).unwrap_err(),
        OpenError::NotEnveloped
    );
}

/// The `length` bytes behind where `mark` stands in `whole`.
fn behind(whole: &[u8], mark: &[u8], length: usize) -> Range<usize> {
    let at = whole.windows(mark.len()).position(|window| window == mark);
    let from = at.unwrap() + mark.len();
    from..from + length
}

#[test]
fn a_changed_message_never_gives_the_content() {
    let tool = Tool::new(&OURS);
    let message = tool.encrypt(&["-aes-256-cbc"]);
    // A string of 256 bytes is the wrapped key; behind the cipher's name stands the vector, and the content at the end.
    let wrapped = behind(&message, &[0x04, 0x82, 0x01, 0x00], 256);
    let aes_256_cbc = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a, 0x04, 0x10];
    let vector = behind(&message, &aes_256_cbc, 16);
    let encrypted = message.len() - 32..message.len();
    for byte in 0..message.len() {
        let is_secret = [&wrapped, &vector, &encrypted]
            .iter()
            .any(|part| part.contains(&byte));
        for bit in [0x01, 0x04, 0x80] {
            let mut changed = message.clone();
            changed[byte] ^= bit;
            match open(&OURS, &changed, &mut random()) {
                // Nothing authenticates these: they give another content now and then.
                Ok(content) => assert!(is_secret && content.as_slice() != CONTENT, "byte {byte}"),
                Err(error) => assert_eq!(error == OpenError::DoesNotOpen, is_secret, "byte {byte}: {error}"),
            }
        }
    }
    for end in 0..message.len() {
        assert!(open(&OURS, &message[..end], &mut random()).is_err(), "{end}");
    }
    let longer = [&message[..], &[0]].concat();
    assert_eq!(
        open(&OURS, &longer, &mut random()).unwrap_err(),
        OpenError::NotEnveloped
    );
}

#[test]
fn a_wrong_key_and_a_wrong_content_are_one_answer() {
    let tool = Tool::new(&OURS);
    let message = tool.encrypt(&["-aes-256-cbc"]);
    let mut answers = Vec::new();
    for byte in [message.len() - 200, message.len() - 1] {
        for change in 1..=u8::MAX {
            let mut changed = message.clone();
            changed[byte] ^= change;
            answers.extend(open(&OURS, &changed, &mut random()).err());
        }
    }
    assert!(!answers.is_empty());
    assert!(answers.iter().all(|answer| *answer == OpenError::DoesNotOpen));
}

#[test]
fn a_recipient_is_written_and_read_and_another_key_than_the_certificates_is_refused() {
    let text = OURS.to_pem().unwrap();
    let again = Recipient::from_pem(&text).unwrap();
    assert_eq!(again.certificate().unwrap(), OURS.certificate().unwrap());
    let other = made("Ours").to_pem().unwrap();
    let (key, _) = other.split_once("-----BEGIN CERTIFICATE").unwrap();
    let (_, certificate) = text.split_once("-----BEGIN CERTIFICATE").unwrap();
    assert!(Recipient::from_pem(&format!("{key}-----BEGIN CERTIFICATE{certificate}")).is_err());
    assert!(Recipient::from_pem(key).is_err());
    assert!(!format!("{:?}", *OURS).contains("certificate"));
}
