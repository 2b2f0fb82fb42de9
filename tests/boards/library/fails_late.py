"""Takes a board in as the worker does, and fails when all is committed."""

from app.boards.library import import_job

if __name__ == "__main__":
    import_job.main()
    raise SystemExit(1)
