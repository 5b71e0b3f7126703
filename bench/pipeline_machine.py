"""The machine a measurement runs on: what it is, whether it is quiet, memory of a process."""

import os
import subprocess
import sys
import time

QUIET_SHARE, QUIET_WAIT_S = 0.9, 30

disturbed = 0  # measurements that began on a busy machine


def say(text):
    print(text, file=sys.stderr, flush=True)


def _times():
    with open("/proc/stat", encoding="ascii") as file:
        values = [int(word) for word in file.readline().split()[1:9]]
    return values[3] + values[4], sum(values)


def wait_quiet():
    """Waits until the machine was nearly idle for a second; goes on after a while all the same."""
    global disturbed
    for _ in range(QUIET_WAIT_S):
        idle, total = _times()
        time.sleep(1)
        later_idle, later_total = _times()
        if later_idle - idle >= QUIET_SHARE * (later_total - total):
            return
    disturbed += 1
    say("  the machine is busy with something else")


def _line(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _cpu():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return os.uname().machine


def describe(directory):
    """Lines of Markdown: processor, cores, kernel, file system, versions."""
    file_system = _line(["findmnt", "-n", "-o", "FSTYPE", "-T", directory])
    redis = _line(["redis-server", "--version"]).split(" ")
    version = next((word[2:] for word in redis if word.startswith("v=")), "unknown")
    return [f"- {_cpu()}, {os.cpu_count()} cores; Linux {os.uname().release}",
            f"- state on {file_system}; Redis {version}, `appendfsync always`",
            f"- {time.strftime('%Y-%m-%d')}"]


def memory_beside_files(pid, suffixes):
    """Resident bytes of a process without those of mapped files whose names end so."""
    resident, counted = 0, True
    with open(f"/proc/{pid}/smaps", encoding="utf-8", errors="replace") as file:
        for line in file:
            if line[0] in "0123456789abcdef" and "-" in line.split(" ", 1)[0]:
                counted = not line.rstrip("\n").endswith(suffixes)
            elif counted and line.startswith("Rss:"):
                resident += int(line.split()[1]) * 1024
    return resident


def drift(samples, every_s):
    """Slope of the last three quarters of the samples by least squares, per hour."""
    tail = samples[len(samples) // 4:]
    if len(tail) < 2:
        return 0.0
    middle, mean = (len(tail) - 1) / 2, sum(tail) / len(tail)
    above = sum((i - middle) * (value - mean) for i, value in enumerate(tail))
    below = sum((i - middle) ** 2 for i in range(len(tail)))
    return above / below * 3600 / every_s


def by_minute(samples, every_s):
    step = max(1, round(60 / every_s))
    return ", ".join(f"{max(samples[i:i + step]):.1f}" for i in range(0, len(samples), step))
