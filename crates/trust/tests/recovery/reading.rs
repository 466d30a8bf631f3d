//! How hard the steps are to read, by the Flesch-Kincaid grade: 0.39 × words in a sentence + 11.8 × syllables in a word − 15.59.

use trust::recovery::{Guide, recovery};

use crate::branches::all;

/// What somebody in the eighth school year reads with ease.
const HARDEST: f64 = 8.0;

/// The text that is read; what is typed letter by letter is no reading.
fn text(guide: &Guide) -> String {
    let items: Vec<&str> = guide
        .needs
        .iter()
        .chain(&guide.steps)
        .map(String::as_str)
        .collect();
    let whole = items.join("\n");
    whole.split('`').step_by(2).collect::<Vec<_>>().join("this")
}

/// Vowels that stand together are one syllable; an `e` at the end is none, unless it is the only one or follows an `l`.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let vowel = |letter: char| "aeiouy".contains(letter);
    let groups = word
        .split(|letter| !vowel(letter))
        .filter(|group| !group.is_empty())
        .count();
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - usize::from(silent)).max(1)
}

fn grade(text: &str) -> f64 {
    let sentences = text
        .split(['\n', '.', '?', ';', ':'])
        .filter(|sentence| sentence.contains(char::is_alphabetic))
        .count();
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|letter| letter.is_alphabetic()).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    let spoken: usize = words.iter().map(|word| syllables(word)).sum();
    let count = |number: usize| f64::from(u32::try_from(number).unwrap());
    0.39 * count(words.len()) / count(sentences) + 11.8 * count(spoken) / count(words.len()) - 15.59
}

#[test]
fn whoever_has_had_eight_years_of_school_reads_the_steps_at_the_mac() {
    let mut hard = Vec::new();
    for branch in all() {
        for way in recovery(&branch.mac).ways {
            let Some(guide) = way.guide.as_ref().filter(|guide| guide.at_the_mac) else {
                continue;
            };
            let grade = grade(&text(guide));
            if grade > HARDEST {
                hard.push(format!("{} of {}: {grade:.1}", way.way.label(), branch.name));
            }
        }
    }
    assert!(hard.is_empty(), "too hard to read: {hard:#?}");
}

#[test]
fn the_grade_tells_a_nursery_rhyme_from_a_law() {
    let rhyme = grade("Jack and Jill went up the hill to fetch a pail of water.");
    let law = grade(
        "Notwithstanding any provision to the contrary, responsibility for unauthorised modification of administrative \
         configuration remains exclusively with the organisation.",
    );
    assert!(rhyme < 4.0 && law > 16.0, "{rhyme} {law}");
}
