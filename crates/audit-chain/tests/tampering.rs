//! An export that was changed in any way is not taken for the server's.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use audit_chain::{Broken, Entry, Head, Hex, Line, Signer, Verified, Verifier};
use trust::id::OrganizationId;
use trust::time::Timestamp;
use zeroize::Zeroizing;

fn organization() -> OrganizationId {
    "00000000-0000-4000-8000-000000000001".parse().unwrap()
}

fn signer(seed: u8) -> Signer {
    Signer::from_bytes(&Zeroizing::new([seed; 32]))
}

fn entry(seq: i64) -> Entry {
    Entry {
        seq,
        at: Timestamp(1_000 * seq),
        actor: "person:grace".to_owned(),
        verb: "action.accepted".to_owned(),
        device_id: None,
        subject: Some(format!("subject {seq}")),
        reason: Some("because".to_owned()),
        detail: None,
    }
}

/// An export of so many entries, with a signature after every third and at the end.
fn export(entries: i64, signer: &Signer) -> Vec<Line> {
    let organization_id = organization();
    let mut head = Head::beginning(organization_id);
    let mut lines = vec![Line::Chain { organization_id }];
    for seq in 1..=entries {
        let entry = entry(2 * seq);
        head = head.next(&entry).unwrap();
        lines.push(Line::Entry {
            position: head.position,
            hash: head.hash,
            entry,
        });
        if seq % 3 == 0 || seq == entries {
            lines.push(Line::Checkpoint(signer.sign(
                organization_id,
                head,
                Timestamp(seq),
            )));
        }
    }
    lines
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .map(|line| serde_json::to_string(line).unwrap())
        .collect()
}

fn verify(texts: &[String], key: Option<Hex<32>>) -> Result<Verified, Broken> {
    let mut verifier = Verifier::new(key);
    texts.iter().try_for_each(|text| verifier.read(text))?;
    verifier.end()
}

#[test]
fn what_the_server_wrote_is_taken() {
    let signer = signer(1);
    let verified = verify(&texts(&export(10, &signer)), Some(signer.key())).unwrap();
    assert_eq!(verified.entries, 10);
    assert_eq!(verified.key, signer.key());
    assert_eq!(verified.organization_id, organization());
    assert_eq!(verified.signed_at, Timestamp(10));
}

#[test]
fn no_byte_of_any_line_can_be_another() {
    let signer = signer(1);
    let good = texts(&export(4, &signer));
    for (line, text) in good.iter().enumerate() {
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            let mut bad = good.clone();
            bad[line] = changed;
            assert!(
                verify(&bad, Some(signer.key())).is_err(),
                "line {line}, byte {at}: {}",
                bad[line]
            );
        }
    }
}

#[test]
fn no_line_says_more_than_the_server_wrote() {
    let good = texts(&export(4, &signer(1)));
    for (line, text) in good.iter().enumerate() {
        let mut bad = good.clone();
        bad[line] = text.replacen('{', r#"{"reason":"with permission","#, 1);
        assert_eq!(
            verify(&bad, None),
            Err(Broken::Line(line as u64 + 1)),
            "{}",
            bad[line]
        );
    }
}

#[test]
fn no_line_can_be_left_out_put_in_twice_or_moved() {
    let signer = signer(1);
    let good = texts(&export(7, &signer));
    for at in 0..good.len() {
        let mut without = good.clone();
        without.remove(at);
        // A signature in the middle says nothing that the last one does not say.
        let is_inner_signature = good[at].contains("\"checkpoint\"") && at + 1 < good.len();
        assert_eq!(
            verify(&without, None).is_ok(),
            is_inner_signature,
            "without line {at}"
        );
        let mut twice = good.clone();
        twice.insert(at, good[at].clone());
        let is_signature = good[at].contains("\"checkpoint\"");
        assert_eq!(verify(&twice, None).is_ok(), is_signature, "line {at} twice");
        for to in 0..at {
            let mut moved = good.clone();
            let line = moved.remove(at);
            moved.insert(to, line);
            assert!(verify(&moved, None).is_err(), "line {at} at {to}");
        }
    }
}

#[test]
fn an_end_that_is_cut_off_is_missed_up_to_a_signature() {
    let signer = signer(1);
    let good = texts(&export(7, &signer));
    let lines: Vec<bool> = (0..good.len())
        .map(|end| verify(&good[..end], None).is_ok())
        .collect();
    // Behind the third and the sixth entry stands a signature.
    let taken: Vec<usize> = (0..good.len()).filter(|end| lines[*end]).collect();
    assert_eq!(taken, [5, 9]);
    assert_eq!(verify(&[], None), Err(Broken::Unsigned));
}

#[test]
fn somebody_elses_signature_is_not_the_servers() {
    let (own, other) = (signer(1), signer(2));
    let forged = texts(&export(3, &other));
    assert!(matches!(verify(&forged, Some(own.key())), Err(Broken::Key(_))));
    let mut mixed = export(3, &own);
    mixed.extend(export(6, &other).into_iter().skip(mixed.len()));
    assert!(matches!(verify(&texts(&mixed), None), Err(Broken::Key(_))));
}

#[test]
fn a_chain_of_another_organisation_is_another_chain() {
    let signer = signer(1);
    let mut lines = export(3, &signer);
    lines[0] = Line::Chain {
        organization_id: "00000000-0000-4000-8000-000000000002".parse().unwrap(),
    };
    assert_eq!(verify(&texts(&lines), None), Err(Broken::Entry(2)));
}
