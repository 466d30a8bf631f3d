"""run.py PROGRAM [ARGUMENT...]: run a Mach-O program for arm64 on any machine, under the Unicorn emulator.

One thread, a libSystem of our own, no frameworks, no files, no unwinding: a test that panics ends the run
with status 127, so that none can pass by mistake. It shows that the code for Apple silicon computes what the
code for Linux computes; it shows nothing about macOS.
"""

import os
import struct
import sys

import macho
from system import Exit, System
from unicorn import UC_ARCH_ARM64, UC_HOOK_CODE, UC_HOOK_MEM_INVALID, UC_MODE_ARM, Uc, UcError
from unicorn.arm64_const import (
    UC_ARM64_REG_CPACR_EL1,
    UC_ARM64_REG_LR,
    UC_ARM64_REG_PC,
    UC_ARM64_REG_SP,
    UC_ARM64_REG_X0,
    UC_CPU_ARM64_MAX,
)

PAGE = 0x4000
NOT_PROVIDED, BAD_ACCESS = 127, 139
RETURN = bytes.fromhex("c0035fd6")  # the instruction `ret`
SLOT = 16  # bytes from one imported function to the next
PASSED_ON = ("PROPTEST_CASES", "RUST_TEST_NOCAPTURE", "RUST_TEST_THREADS")


class Machine:
    """Registers and memory of the emulated processor, laid out as the loader wants them."""

    heap, heap_size = 0x5_0000_0000, 4 << 30
    functions, functions_size = 0x6_0000_0000, 1 << 20
    stack, stack_size = 0x7_0000_0000, 64 << 20
    thread, thread_locals = 0x4_0000_0000, 0x4_0000_4000

    def __init__(self, program):
        self.cpu = Uc(UC_ARCH_ARM64, UC_MODE_ARM)
        # The default model lacks the atomic instructions that every Mac has.
        self.cpu.ctl_set_cpu_model(UC_CPU_ARM64_MAX)
        self.cpu.reg_write(UC_ARM64_REG_CPACR_EL1, 3 << 20)  # floating point on
        self.read = lambda address, size: bytes(self.cpu.mem_read(address, size))
        self.write = self.cpu.mem_write
        self.heap_end = self.heap + self.heap_size
        self.stack_top = self.stack + self.stack_size
        for address, size in (
            (self.heap, self.heap_size),
            (self.functions, self.functions_size),
            (self.stack, self.stack_size),
            (self.thread, 1 << 20),
        ):
            self.cpu.mem_map(address, size)
        for segment in program.segments:
            if segment.name != "__PAGEZERO" and segment.size:
                self.cpu.mem_map(segment.address, (segment.size + PAGE - 1) & -PAGE)
                self.write(segment.address, segment.data)
        self.write(self.functions, RETURN * (self.functions_size // len(RETURN)))
        self.write(self.thread_locals, program.thread_locals)

    def arg(self, index):
        return self.cpu.reg_read(UC_ARM64_REG_X0 + index)

    def answer(self, value):
        self.cpu.reg_write(UC_ARM64_REG_X0, value & (1 << 64) - 1)


def run(path, arguments):
    """The exit status of the program at `path`."""
    program = macho.load(path)
    machine = Machine(program)
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    system = System(machine, [path, *arguments], environment)
    names = _bind(program, machine, system)
    status = []

    def stop(code, message=None):
        if message:
            print(f"run.py: {message}", file=sys.stderr)
        status.append(code)
        machine.cpu.emu_stop()

    def called(_cpu, address, _size, _data):
        index = (address - machine.functions) // SLOT
        if index == 0:  # main has returned
            return stop(machine.arg(0) & 0xFF)
        name = names[index - 1].removeprefix("_").split("$")[0]
        function = system.functions.get(name)
        if not function:
            return stop(NOT_PROVIDED, f"{name} is not provided")
        try:
            answer = function()
        except Exit as end:
            return stop(end.args[0])
        if answer is not None:
            machine.answer(answer)

    def invalid(_cpu, _access, address, _size, _value, _data):
        stop(BAD_ACCESS, f"bad access to {address:#x} at {machine.cpu.reg_read(UC_ARM64_REG_PC):#x}")
        return False

    machine.cpu.hook_add(
        UC_HOOK_CODE, called, begin=machine.functions, end=machine.functions + machine.functions_size
    )
    machine.cpu.hook_add(UC_HOOK_MEM_INVALID, invalid)
    machine.cpu.reg_write(UC_ARM64_REG_SP, machine.stack_top - PAGE)
    machine.cpu.reg_write(UC_ARM64_REG_LR, machine.functions)
    for index, value in enumerate((len(arguments) + 1, system.argv, system.environ, system.environ)):
        machine.cpu.reg_write(UC_ARM64_REG_X0 + index, value)
    try:
        machine.cpu.emu_start(program.entry, 0)
    except UcError as error:
        print(f"run.py: {error}", file=sys.stderr)
        status.append(BAD_ACCESS)
    return status[0] if status else BAD_ACCESS


def _bind(program, machine, system):
    """Give each imported symbol an address; the names of the functions, in the order of their slots."""
    names = []
    addresses = {"___stack_chk_guard": system.allocate(8)}
    for pointer, symbol, addend in program.imports:
        if symbol not in addresses:
            names.append(symbol)
            addresses[symbol] = machine.functions + SLOT * len(names)
        machine.write(pointer, struct.pack("<Q", addresses[symbol] + addend))
    return names


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2:]))
