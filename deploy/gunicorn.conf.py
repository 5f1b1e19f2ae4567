"""gunicorn as it serves the site: `gunicorn --config deploy/gunicorn.conf.py`, from the folder of manage.py.

Read from the environment: BIND (systemd's socket goes before it), WEB_CONCURRENCY (processes), WEB_THREADS (of each),
TICK_EVERY (seconds; 0: time's work is done by newsroom-tick.timer).
"""

import gc
import os
import signal

wsgi_app = "newsroom.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")

# A request spends its time in Python, of which a process runs one thread at a time: one process for each core. Threads
# are for those that wait: for the database, for a slow upload, for a letter to be taken.
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS") or 4)

# The code is loaded once, before processes divide: they share its memory, and one that is replaced is there at once.
# Nothing may speak to a server before that; Django and the pool connect with the first request.
preload_app = True

# Whatever grows over weeks is given back; not by all processes at the same moment.
max_requests = 50_000
max_requests_jitter = 5_000

# Seconds. A process that is silent for so long hangs: decoding the largest picture takes four.
timeout = 60
# Requests that run when the process is told to go are finished: an upload of ten pictures takes this long.
graceful_timeout = 30
# Longer than nginx keeps an unused connection (60 s): it must never send a request into one that is being closed.
keepalive = 75
# Connections of a process, idle ones to nginx among them.
worker_connections = 1000

# Long enough for the longest request line that middleware.QueryStringLimit answers as a page.
limit_request_line = 8190

# The sign of life that each process gives is a file; on a disk that is busy it would come too late.
_MEMORY = "/dev/shm"  # noqa: S108 (gunicorn makes its files there as one should)
worker_tmp_dir = _MEMORY if os.path.isdir(_MEMORY) else None

# systemd says what there is to say; nobody else is to steer it.
control_socket_disable = True

# nginx writes down who asked for what; here stands what went wrong.
accesslog = None
errorlog = "-"
loglevel = "warning"


def when_ready(server):
    """The code is loaded, and processes divide now."""
    gc.collect()
    # What is there by now is never collected: looking for what can go would write into the memory that all share.
    gc.freeze()
    if pause := int(os.environ.get("TICK_EVERY") or 0):
        _divide_off_tick(server, pause)


def _divide_off_tick(server, pause):
    """`manage.py tick --every`, in a process that shares the code with the web processes and ends with this one."""
    parent = os.getpid()
    if os.fork():
        return
    try:
        os.setsid()  # No Ctrl+C cuts it off before the server has gone.
        for number in (*server.SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        for listener in server.LISTENERS:
            listener.close()
        from django.core.management import call_command

        if os.getppid() == parent:
            call_command("tick", every=pause)
    except Exception:
        server.log.exception("tick has ended: start the server anew")
    finally:
        os._exit(1)
