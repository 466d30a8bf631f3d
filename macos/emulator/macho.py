"""Read what a loader needs of an arm64 Mach-O program: segments, imports, entry, thread-locals.

Understands the programs that our own linker makes for macOS 11 (LC_DYLD_INFO, one architecture) and refuses
all others. The format is described in Apple's <mach-o/loader.h>.
"""

import struct
from dataclasses import dataclass, field

MAGIC_64 = 0xFEEDFACF
CPU_ARM64 = 0x0100000C
LC_SEGMENT_64 = 0x19
LC_DYLD_INFO_ONLY = 0x80000022
LC_MAIN = 0x80000028
LC_DYLD_CHAINED_FIXUPS = 0x80000034
THREAD_LOCAL_REGULAR = 0x11  # section type: initial values of thread-locals


@dataclass
class Segment:
    name: str
    address: int
    size: int
    data: bytes


@dataclass
class Program:
    segments: list = field(default_factory=list)
    imports: list = field(default_factory=list)  # (address of the pointer, symbol, addend)
    thread_locals: bytes = b""
    entry: int = 0


def load(path):
    """The program in the file at `path`."""
    with open(path, "rb") as file:
        image = file.read()
    magic, cpu, _subtype, _type, commands = struct.unpack_from("<5I", image)
    if (magic, cpu) != (MAGIC_64, CPU_ARM64):
        raise ValueError(f"{path} is no arm64 Mach-O program")
    program = Program()
    tables = []
    entry_offset = 0
    at = 32
    for _ in range(commands):
        command, length = struct.unpack_from("<2I", image, at)
        if command == LC_SEGMENT_64:
            _segment(image, at, program)
        elif command == LC_DYLD_INFO_ONLY:
            info = struct.unpack_from("<10I", image, at + 8)
            # Pairs of offset and size: rebase, bind, weak bind, lazy bind, exports.
            tables = [info[2:4], info[4:6], info[6:8]]
        elif command == LC_MAIN:
            (entry_offset,) = struct.unpack_from("<Q", image, at + 8)
        elif command == LC_DYLD_CHAINED_FIXUPS:
            raise ValueError(f"{path} has chained fixups, which this loader does not read")
        at += length
    text = next(segment for segment in program.segments if segment.name == "__TEXT")
    program.entry = text.address + entry_offset
    for offset, size in tables:
        _bindings(image[offset : offset + size], program)
    return program


def _segment(image, at, program):
    name, address, size, offset, stored = struct.unpack_from("<16s4Q", image, at + 8)
    name = name.rstrip(b"\0").decode()
    (sections,) = struct.unpack_from("<I", image, at + 64)
    program.segments.append(Segment(name, address, size, image[offset : offset + stored]))
    for index in range(sections):
        section = at + 72 + 80 * index
        section_size, section_offset = struct.unpack_from("<QI", image, section + 40)
        (flags,) = struct.unpack_from("<I", image, section + 64)
        if flags & 0xFF == THREAD_LOCAL_REGULAR:
            program.thread_locals += image[section_offset : section_offset + section_size]


def _uleb(table, at):
    value = shift = 0
    while True:
        byte = table[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def _bindings(table, program):
    """Run the small language in which dyld's tables say which pointer gets which symbol's address."""
    symbol, addend, address, at = "", 0, 0, 0
    addresses = [segment.address for segment in program.segments]

    def bind():
        program.imports.append((address & (1 << 64) - 1, symbol, addend))

    while at < len(table):
        opcode, operand = table[at] & 0xF0, table[at] & 0x0F
        at += 1
        if opcode == 0x40:  # SET_SYMBOL_TRAILING_FLAGS_IMM
            end = table.index(0, at)
            symbol, at = table[at:end].decode(), end + 1
        elif opcode == 0x60:  # SET_ADDEND_SLEB; the linker writes none that is negative
            addend, at = _uleb(table, at)
        elif opcode == 0x70:  # SET_SEGMENT_AND_OFFSET_ULEB
            offset, at = _uleb(table, at)
            address = addresses[operand] + offset
        elif opcode == 0x80:  # ADD_ADDR_ULEB
            offset, at = _uleb(table, at)
            address += offset
        elif opcode == 0x90:  # DO_BIND
            bind()
            address += 8
        elif opcode == 0xA0:  # DO_BIND_ADD_ADDR_ULEB
            bind()
            offset, at = _uleb(table, at)
            address += 8 + offset
        elif opcode == 0xB0:  # DO_BIND_ADD_ADDR_IMM_SCALED
            bind()
            address += 8 + 8 * operand
        elif opcode == 0xC0:  # DO_BIND_ULEB_TIMES_SKIPPING_ULEB
            count, at = _uleb(table, at)
            skip, at = _uleb(table, at)
            for _ in range(count):
                bind()
                address += 8 + skip
        elif opcode == 0x20:  # SET_DYLIB_ORDINAL_ULEB: every library is the same here
            _, at = _uleb(table, at)
        elif opcode not in (0x00, 0x10, 0x30, 0x50):  # DONE and what says which library and type
            raise ValueError(f"unknown binding opcode {opcode:#x}")
