//! Bytes that no tool should print. Fuzzers add what they find to `tests/corpus/<parser>/`; here it is replayed.

use std::path::Path;

use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};

#[test]
fn no_file_of_the_corpus_makes_a_parser_panic() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    for parser in std::fs::read_dir(corpus).expect("the corpus") {
        let parser = parser.expect("a folder").path();
        let mut files = 0;
        for file in std::fs::read_dir(&parser).expect("a folder") {
            mac::fuzz::parse_everything(&std::fs::read(file.expect("a file").path()).expect("bytes"));
            files += 1;
        }
        assert!(files > 0, "{} is empty", parser.display());
    }
}

/// Pieces of what tools print, so that random texts reach beyond the first comparison.
const PIECES: &[&str] = &[
    "2026-09-23 10:10:38.619 sysadminctl[1053:11513] ",
    "Secure token is ENABLED for user ",
    "### Error:-14",
    "Domain=com.apple.OpenDirectory Code=5101 \"",
    "\" UserInfo={",
    "<dscl_cmd> DS Error: -14090",
    "AuthenticationAuthority:",
    " ;DisabledTags;SecureToken",
    ";ShadowHash;HASHLIST:<A,B>",
    "<?xml version=\"1.0\"?><plist version=\"1.0\">",
    "<dict><key>Users</key><array>",
    "<dict><key>dsAttrTypeStandard:RecordName</key><string>",
    "</string></dict></array></dict></plist>",
    "Cryptographic users for disk1s1 (1 found)\n+-- ",
    "    Type: Disk User\n",
    "FileVault is On.\n",
    "System Integrity Protection status: unknown (Custom Configuration).\n",
    "Security Mode:               Permissive (smb0 && smb1): 1\n",
    "    IsRecoveryLockEnabled = 1;\n",
    "Percent completed = ",
    "Recovery key = '",
    "911D2742-7983-436D-9FA3-3F6B7421684B",
    "uid=501(a) gid=20(b) groups=",
    "20(staff),",
    "Enter password for ann:",
    "{\n Usernames = (\n",
    " (smb0): absent",
    "'",
    "\"",
    ",",
    ";",
    "%",
    "\0",
    "\r\n",
    "\n",
    "(",
    ")",
    "é",
    "🔑",
    "-",
    ":",
];

fn text_like_a_tools() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_make_a_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        mac::fuzz::parse_everything(&bytes);
    }

    #[test]
    fn no_text_like_a_tools_makes_a_parser_panic(bytes in text_like_a_tools()) {
        mac::fuzz::parse_everything(&bytes);
    }
}
