#!/usr/bin/env python3
"""Times PostgreSQL with pg_trgm: units whose trigrams are similar (GIN index, operator %), then scored by characters.

usage: pg_trgm.py FOLDER [--similarity 0.5,0.7] [--queries N] [--beside PROGRAM]

It needs Debian's packages postgresql and postgresql-contrib, and by pip rapidfuzz and psycopg[binary]. It makes a cluster of its
own in a temporary folder and takes it away again. A time is that of the server's process for the query and of this one for
fetching and scoring.
"""
import glob
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

import workload as w

PORT = 54329


def program(name):
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    return found[-1] if found else name


def main():
    parser = w.arguments(__doc__, 100)
    parser.add_argument("--similarity", default="0.5,0.7", help="the limits of pg_trgm that are tried")
    options = parser.parse_args()
    work = w.Workload(options)
    room = Path(tempfile.mkdtemp(prefix="pg_trgm-"))
    room.chmod(0o777)
    data = room / "data"

    def run(*command):
        subprocess.run(w.free_of_root(command, "postgres"), check=True, stdout=subprocess.DEVNULL, cwd=room)

    run(program("initdb"), "-D", data, "-U", "measure", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8")
    settings = (
        f"-p {PORT} -k {room} -c listen_addresses='' -c shared_buffers=2GB -c work_mem=64MB -c maintenance_work_mem=512MB "
        "-c jit=off -c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0 -c autovacuum=off"
    )
    run(program("pg_ctl"), "-D", data, "-w", "-l", room / "log", "-o", settings, "start")
    try:
        measure(work, options, room)
    finally:
        run(program("pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(room, ignore_errors=True)


def measure(work, options, room):
    with psycopg.connect(host=str(room), port=PORT, user="measure", dbname="postgres", autocommit=True) as server:
        backend = server.info.backend_pid
        server.execute("CREATE EXTENSION pg_trgm")
        server.execute("CREATE TABLE unit (id integer PRIMARY KEY, source text NOT NULL)")
        start = w.processor(backend)
        with server.cursor() as cursor, cursor.copy("COPY unit FROM STDIN") as copy:
            for number, source in enumerate(work.sources):
                copy.write_row((number, source))
        server.execute("CREATE INDEX unit_trigrams ON unit USING gin (source gin_trgm_ops)")
        server.execute("VACUUM ANALYZE unit")
        build = w.processor(backend) - start
        index = server.execute("SELECT pg_relation_size('unit_trigrams')").fetchone()[0]
        server.execute("SET enable_seqscan = off")
        truth = work.truth()
        w.heading()
        for similarity in options.similarity.split(","):
            server.execute(f"SET pg_trgm.similarity_threshold = {float(similarity)}")
            for _ in range(2):
                times, found = [], []
                for query in work.queries:
                    here, there = w.clock(), w.processor(backend)
                    # %% is the operator, %s the query.
                    rows = server.execute("SELECT source FROM unit WHERE source %% %s", [query]).fetchall()
                    scores = work.best(query, [source for source, in rows])
                    times.append(w.clock() - here + w.processor(backend) - there)
                    found.append(scores)
            name = f"PostgreSQL pg_trgm, GIN, limit {similarity}, then scored"
            w.row(name, work, times, truth, found, build, index, w.memory(backend))


if __name__ == "__main__":
    main()
