//! What a process uses, as Linux tells it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;

/// A process that is watched from outside.
#[derive(Debug, Clone)]
pub struct Watched(PathBuf);

impl Watched {
    /// The process of this id.
    pub fn process(id: u32) -> Self {
        Self(Path::new("/proc").join(id.to_string()))
    }

    /// Processor time that it has used, in user and kernel mode, all threads together, those that have ended included.
    pub fn processor_time(&self) -> anyhow::Result<Duration> {
        let stat = self.read("stat")?;
        // The name of the program, in brackets, may hold anything; the fields follow its last bracket.
        let fields = stat.rsplit_once(')').context("read the state of a process")?.1;
        let mut ticks = fields.split_whitespace().skip(11).map(str::parse::<u64>);
        let (Some(Ok(user)), Some(Ok(kernel))) = (ticks.next(), ticks.next()) else {
            anyhow::bail!("read the processor time of a process");
        };
        let per_second = rustix::param::clock_ticks_per_second();
        Ok(Duration::from_secs(user + kernel) / u32::try_from(per_second)?)
    }

    /// Memory that it has resident now, in bytes.
    pub fn resident(&self) -> anyhow::Result<u64> {
        self.memory("VmRSS:")
    }

    /// The most memory that it ever had resident, in bytes.
    pub fn most_resident(&self) -> anyhow::Result<u64> {
        self.memory("VmHWM:")
    }

    /// How many sockets it has open now. What it opens else, for its database for example, is not among them.
    pub fn open_sockets(&self) -> anyhow::Result<u64> {
        let folder = self.0.join("fd");
        let files = std::fs::read_dir(&folder).with_context(|| format!("read {}", folder.display()))?;
        // A file may be closed before it is looked at.
        let opened = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
        let sockets = opened.filter(|opened| opened.as_os_str().as_encoded_bytes().starts_with(b"socket:"));
        Ok(u64::try_from(sockets.count())?)
    }

    fn memory(&self, line: &str) -> anyhow::Result<u64> {
        let status = self.read("status")?;
        let kibibytes = status
            .lines()
            .find_map(|found| found.strip_prefix(line))
            .and_then(|rest| rest.split_whitespace().next())
            .with_context(|| format!("read {line} of a process"))?;
        Ok(kibibytes.parse::<u64>()? * 1024)
    }

    fn read(&self, file: &str) -> anyhow::Result<String> {
        let path = self.0.join(file);
        std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Watched {
        Watched::process(std::process::id())
    }

    #[test]
    fn work_takes_processor_time() {
        let own = own();
        let before = own.processor_time().unwrap();
        let mut sum = 0_u64;
        while own.processor_time().unwrap() < before + Duration::from_millis(30) {
            sum = std::hint::black_box((0..100_000_u64).fold(sum, u64::wrapping_add));
        }
        assert!(own.processor_time().unwrap() >= before + Duration::from_millis(30));
    }

    #[test]
    fn sockets_are_counted_and_files_are_not() {
        let before = own().open_sockets().unwrap();
        let files: Vec<_> = (0..50)
            .map(|_| std::fs::File::open("/proc/self/stat").unwrap())
            .collect();
        // Other tests open sockets as well, a few.
        assert!(own().open_sockets().unwrap() < before + 40);
        let sockets: Vec<_> = (0..50)
            .map(|_| std::net::UdpSocket::bind("127.0.0.1:0").unwrap())
            .collect();
        assert!(own().open_sockets().unwrap() >= before + 40);
        drop((files, sockets));
    }

    #[test]
    fn what_is_touched_is_resident() {
        let own = own();
        let before = own.resident().unwrap();
        let touched = vec![1_u8; 32 * 1024 * 1024];
        let with = own.resident().unwrap();
        assert!(with >= before + 24 * 1024 * 1024, "{before} {with}");
        assert!(own.most_resident().unwrap() >= with - 8 * 1024 * 1024);
        drop(std::hint::black_box(touched));
    }
}
