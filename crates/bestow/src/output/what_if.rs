//! What a change would do to chains of trust, for people.

use trust::guard::Verdict;

use super::table::list;
use crate::client::WhatIf;

/// How many Macs would lose the last of what, and which Macs come to what.
pub fn what_if_text(answer: &WhatIf) -> String {
    let mut text = format!("{}\n", answer.supposed);
    if let Some(counts) = &answer.counts {
        for loss in &counts.losses {
            text.push_str(&format!("\n{}.", loss.sentence));
        }
        if let Some(sentence) = &counts.sentence {
            text.push_str(&format!("\n{sentence}"));
        }
        text.push('\n');
        let verdicts = counts.verdicts.iter().filter(|count| count.count > 0);
        for count in verdicts {
            text.push_str(&format!("\n{:>7}  {}", count.count, label(&count.verdict)));
        }
        text.push('\n');
    }
    let rows = answer.items.iter().map(|item| {
        [
            item.device_name.clone(),
            item.serial_number.clone(),
            label(&item.verdict).to_owned(),
            item.detail.clone(),
        ]
    });
    if !answer.items.is_empty() {
        text.push_str(&format!("\n{}", list(["name", "serial", "chain", "why"], rows)));
    }
    if let Some(cursor) = &answer.next_cursor {
        text.push_str(&format!("\n\nMore: --cursor {cursor}"));
    }
    text
}

fn label(word: &str) -> &str {
    match Verdict::from_word(word) {
        Some(verdict) => verdict.label(),
        None => word,
    }
}
