"""The few functions of libSystem that a single-threaded Rust program without files and sockets calls.

Written for tests of pure code. Each function reads its arguments from the machine and answers a number, or
None where nothing is answered. What is not here is not provided, and stops the program.
"""

import os
import struct
import time

ENOENT, EAGAIN = 2, 35
FAILED = (1 << 64) - 1
PAGE = 0x4000
MAP_FIXED = 0x10
SC_PAGESIZE, SC_NPROCESSORS_ONLN = 29, 58


class Exit(Exception):
    """The program has ended with this status."""


class System:
    """libSystem for one program in `machine`, which has `arg`, `read`, `write` and `heap`."""

    def __init__(self, machine, arguments, environment):
        self.machine = machine
        self.sizes = {}
        self.next = machine.heap
        self.errno = self.allocate(8)
        self.argv = self._words([self._string(text) for text in arguments] + [0])
        self.environ = self._words([self._string(f"{k}={v}") for k, v in environment.items()] + [0])
        self.environment = {name: self._string(value) for name, value in environment.items()}
        self.argc_cell = self._words([len(arguments)])
        self.argv_cell = self._words([self.argv])
        self.environ_cell = self._words([self.environ])
        self.functions = {name[3:]: getattr(self, name) for name in dir(self) if name.startswith("do_")}
        for name in QUIET:
            self.functions[name] = lambda: 0

    def allocate(self, size, alignment=16):
        address = (self.next + alignment - 1) & -alignment
        self.next = address + max(size, 1)
        if self.next > self.machine.heap_end:
            raise MemoryError("the emulated heap is used up")
        self.sizes[address] = size
        return address

    def _string(self, text):
        data = text.encode() + b"\0"
        address = self.allocate(len(data))
        self.machine.write(address, data)
        return address

    def _words(self, words):
        address = self.allocate(8 * len(words))
        self.machine.write(address, struct.pack(f"<{len(words)}Q", *words))
        return address

    def _text(self, address):
        data = b""
        while not data.endswith(b"\0"):
            data += self.machine.read(address + len(data), 1)
        return data[:-1]

    def _fail(self, error):
        self.machine.write(self.errno, struct.pack("<I", error))
        return FAILED

    # Memory. Nothing is given back: a test program ends before that matters.
    def do_malloc(self):
        return self.allocate(self.machine.arg(0))

    def do_calloc(self):
        return self.allocate(self.machine.arg(0) * self.machine.arg(1))

    def do_realloc(self):
        old, size = self.machine.arg(0), self.machine.arg(1)
        new = self.allocate(size)
        if old:
            self.machine.write(new, self.machine.read(old, min(size, self.sizes[old])))
        return new

    def do_posix_memalign(self):
        place, alignment, size = (self.machine.arg(i) for i in range(3))
        self.machine.write(place, struct.pack("<Q", self.allocate(size, alignment)))
        return 0

    def do_mmap(self):
        if self.machine.arg(3) & MAP_FIXED:
            return self.machine.arg(0)
        return self.allocate(self.machine.arg(1), PAGE)

    def do_memcpy(self):
        to, source, size = (self.machine.arg(i) for i in range(3))
        self.machine.write(to, self.machine.read(source, size))
        return to

    do_memmove = do_memcpy

    def do_memset(self):
        to, byte, size = (self.machine.arg(i) for i in range(3))
        self.machine.write(to, bytes([byte & 0xFF]) * size)
        return to

    def do_memset_pattern16(self):
        to, pattern, size = (self.machine.arg(i) for i in range(3))
        repeated = self.machine.read(pattern, 16) * (size // 16 + 1)
        self.machine.write(to, repeated[:size])

    def do_bzero(self):
        self.machine.write(self.machine.arg(0), bytes(self.machine.arg(1)))

    def do_memcmp(self):
        size = self.machine.arg(2)
        left, right = (self.machine.read(self.machine.arg(i), size) for i in range(2))
        return 0 if left == right else 1 if left > right else FAILED

    def do_strlen(self):
        return len(self._text(self.machine.arg(0)))

    # The program's surroundings.
    def do__NSGetArgc(self):
        return self.argc_cell

    def do__NSGetArgv(self):
        return self.argv_cell

    def do__NSGetEnviron(self):
        return self.environ_cell

    def do_getenv(self):
        return self.environment.get(self._text(self.machine.arg(0)).decode(), 0)

    def do___error(self):
        return self.errno

    def do_sysconf(self):
        return {SC_PAGESIZE: PAGE, SC_NPROCESSORS_ONLN: 1}.get(self.machine.arg(0), FAILED)

    def do_clock_gettime(self):
        now = time.time_ns()
        self.machine.write(self.machine.arg(1), struct.pack("<2Q", *divmod(now, 10**9)))
        return 0

    def do_CCRandomGenerateBytes(self):
        self.machine.write(self.machine.arg(0), os.urandom(self.machine.arg(1)))
        return 0

    do_getentropy = do_CCRandomGenerateBytes

    def do_getcwd(self):
        self.machine.write(self.machine.arg(0), b"/\0")
        return self.machine.arg(0)

    # Input and output: standard output and standard error, no files.
    def do_write(self):
        return self._print(self.machine.arg(0), self.machine.arg(1), self.machine.arg(2))

    def do_writev(self):
        file, vectors, count = (self.machine.arg(i) for i in range(3))
        pairs = struct.unpack(f"<{2 * count}Q", self.machine.read(vectors, 16 * count))
        return sum(self._print(file, pairs[i], pairs[i + 1]) for i in range(0, 2 * count, 2))

    def _print(self, file, address, size):
        if file in (1, 2):
            os.write(file, self.machine.read(address, size))
        return size

    def do_open(self):
        return self._fail(ENOENT)

    do_stat = do_lstat = do_opendir = do_sysctlbyname = do_open

    def do_strerror_r(self):
        self.machine.write(self.machine.arg(1), b"error\0")
        return 0

    # Threads: none. libtest then runs each test on the main thread.
    def do_pthread_create(self):
        return EAGAIN

    def do_pthread_self(self):
        return self.machine.thread

    def do_pthread_get_stackaddr_np(self):
        return self.machine.stack_top

    def do_pthread_get_stacksize_np(self):
        return self.machine.stack_size

    def do_pthread_threadid_np(self):
        self.machine.write(self.machine.arg(1), struct.pack("<Q", 1))
        return 0

    def do__tlv_bootstrap(self):
        """Address of the thread-local whose descriptor (thunk, key, offset) is given."""
        (offset,) = struct.unpack("<Q", self.machine.read(self.machine.arg(0) + 16, 8))
        return self.machine.thread_locals + offset

    def do_dispatch_semaphore_create(self):
        return self.allocate(64)

    def do_exit(self):
        raise Exit(self.machine.arg(0) & 0xFF)

    do__exit = do_exit

    def do_abort(self):
        raise Exit(134)


# What succeeds without doing anything.
QUIET = """
    free munmap mprotect close fcntl poll sigaction signal sigaltstack isatty sched_yield _tlv_atexit dispatch_release
    pthread_mutex_init pthread_mutex_lock pthread_mutex_trylock pthread_mutex_unlock pthread_mutex_destroy
    pthread_mutexattr_init pthread_mutexattr_settype pthread_mutexattr_destroy
    pthread_cond_init pthread_cond_signal pthread_cond_broadcast pthread_cond_destroy
    pthread_attr_init pthread_attr_setstacksize pthread_attr_destroy pthread_setname_np
""".split()
