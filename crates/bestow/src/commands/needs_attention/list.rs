//! `bestow needs-attention`

use trust::attention::Turn;
use trust::finding::RemedyKind;

use crate::cli::Session;
use crate::client::{AttentionCounts, AttentionReasonView, DeviceSummary};
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, action_command, list, moment, print, print_as_it_is, words};

/// Which Macs are wanted
#[derive(Debug, clap::Args)]
pub struct Wanted {
    /// Only Macs with this reason: the code of a finding
    #[arg(long, value_name = "CODE")]
    reason: Option<String>,
    /// Only Macs where it is this one's turn: named_person, administrator, at_the_mac or visit; or agent, for those that
    /// need nobody because their agents mend what is amiss
    #[arg(long, value_name = "WHO")]
    turn: Option<String>,
    /// Only Macs with this cheapest remedy: restart, next_login, console, management, utility, at_the_mac, reinstall or
    /// recovery
    #[arg(long, value_name = "REMEDY")]
    remedy: Option<String>,
    /// Only Macs that this one sees to
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// What is muted, in the place of what is not
    #[arg(long)]
    muted: bool,
    /// Only Macs of which a word of the name, hardware UUID or model begins so, or with this in their serial number
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long)]
    cursor: Option<String>,
}

/// Runs the command.
pub async fn run(args: Wanted, session: &Session) -> Result<Exit, Failure> {
    let limit = args.limit.to_string();
    let mut query = vec![("needs_attention", "true"), ("limit", limit.as_str())];
    for (name, value) in [
        ("q", &args.search),
        ("reason", &args.reason),
        ("turn", &args.turn),
        ("remedy", &args.remedy),
        ("owner", &args.owner),
        ("cursor", &args.cursor),
    ] {
        query.extend(value.as_deref().map(|value| (name, value)));
    }
    if args.muted {
        query.push(("muted", "true"));
    }
    let client = session.client()?;
    let answer = client.devices(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let page = &answer.value;
    if page.items.is_empty() {
        let counts = client.needs_attention().await?.value;
        print(&nobody(&counts))?;
        return Ok(Exit::Done);
    }
    let header = [
        "name",
        "why",
        "since",
        "turn",
        "what is cheapest",
        "owner",
        "command",
    ];
    let line = |device: &DeviceSummary| line(device, args.reason.as_deref(), &session.zone);
    print(&list(header, page.items.iter().map(line)))?;
    if let Some(cursor) = &page.next_cursor {
        print(&format!("\nMore: --cursor {cursor}"))?;
    }
    Ok(Exit::Done)
}

/// An empty list, and what may be behind it.
fn nobody(counts: &AttentionCounts) -> String {
    let mut text = "No Mac needs attention, as far as this was asked.".to_owned();
    if counts.too_new > 0 {
        text.push_str(&format!(
            "\n{} not older than {} days are left in peace; 'bestow needs-attention after-days 0' lists them, too.",
            counts.too_new, counts.after_days
        ));
    }
    text
}

/// A Mac by the reason that was asked for, or by what is to be seen to first.
fn line(device: &DeviceSummary, asked: Option<&str>, zone: &Zone) -> [String; 7] {
    let attention = &device.attention;
    let code = asked.or(attention.first.as_deref());
    let reason = code.and_then(|code| attention.reason(code));
    let of_reason = |told: &dyn Fn(&AttentionReasonView) -> String| reason.map(told).unwrap_or_default();
    let others = attention.reasons.len().saturating_sub(1);
    let more = if others == 0 {
        String::new()
    } else {
        format!(" (and {others} more)")
    };
    [
        device.name.clone(),
        of_reason(&|reason| format!("{}{more}", reason.code)),
        attention.since.map(|at| moment(at, zone)).unwrap_or_default(),
        of_reason(&|reason| turn(&reason.turn)),
        of_reason(&|reason| reason.step.clone()),
        attention.owner.clone().unwrap_or_default(),
        of_reason(&|reason| command(&device.name, reason)),
    ]
}

/// The command of the remedy; of another one where the cheapest is no order, and waits for somebody.
fn command(device: &str, reason: &AttentionReasonView) -> String {
    match action_command(device, &reason.action) {
        Some(command) if RemedyKind::from_word(&reason.remedy) == Some(RemedyKind::Console) => command,
        Some(command) => format!("or now: {command}"),
        None => String::new(),
    }
}

fn turn(word: &str) -> String {
    Turn::from_word(word).map_or_else(|| words::plain(word), |turn| turn.label().to_owned())
}
