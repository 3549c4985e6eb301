"""Database chores for ./dev: ``sql.py info|mark|flush|create|drop [NAME [VALUE]]``."""

import json
import sys
import time

import psycopg2
from psycopg2 import errors, sql


def connect(database="postgres"):
    connection = psycopg2.connect(dbname=database, connect_timeout=10)
    connection.autocommit = True
    return connection.cursor()


def info(name):
    cursor = connect()
    cursor.execute(
        """SELECT shobj_description(oid, 'pg_database')
             FROM pg_database WHERE datname = %s""",
        [name],
    )
    row = cursor.fetchone()
    if not row:
        return None
    try:
        return json.loads(row[0])["dealer_dev"]
    except (TypeError, ValueError, KeyError):
        # Killed between CREATE DATABASE and its mark: nothing is in there yet.
        return {"state": "new", "foreign": has_tables(name)}


def has_tables(name):
    cursor = connect(name)
    cursor.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1")
    return bool(cursor.fetchone())


def mark(name, values):
    comment = json.dumps({"dealer_dev": json.loads(values)})
    query = sql.SQL("COMMENT ON DATABASE {} IS {}")
    connect().execute(query.format(sql.Identifier(name), sql.Literal(comment)))


def flush():
    """Write what is in the server's memory; only its administrator may."""
    try:
        connect().execute("CHECKPOINT")
    except errors.InsufficientPrivilege as error:
        print(f"no checkpoint: {error}", file=sys.stderr)


def drop(name):
    cursor = connect()
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
        [name],
    )
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def create(name, template):
    """Create a database; a template must have no other connection."""
    query = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    query = query.format(sql.Identifier(name), sql.Identifier(template or "template0"))
    if not template:
        query += sql.SQL(" ENCODING 'UTF8' LC_COLLATE 'C'")
    for attempt in range(20):
        try:
            connect().execute(query)
            break
        except errors.ObjectInUse:
            if attempt == 19:
                raise
            time.sleep(0.5)
    mark(name, '{"state": "building"}')
    if not template:
        extensions(name)


def extensions(name):
    """As Odoo does for a database of its own making."""
    try:
        connect(name).execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except psycopg2.Error as error:
        print(f"pg_trgm is not available: {error}", file=sys.stderr)


def address(name, url):
    """Where the PDF engine finds the style sheets: on the port in use."""
    connect(name).execute(
        """INSERT INTO ir_config_parameter (key, value) VALUES ('report.url', %s)
               ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value""",
        [url],
    )


if __name__ == "__main__":
    result = globals()[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(result))
