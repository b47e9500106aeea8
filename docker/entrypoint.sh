#!/bin/sh
# web: prepares the data and serves; worker: does what waits.
set -eu
case "$1" in
    web)
        python manage.py migrate --noinput
        python manage.py createcachetable
        python manage.py sync_reference_data
        python manage.py collectstatic --noinput
        exec gunicorn portal.wsgi --bind 0.0.0.0:8000 --worker-class gthread --threads 8 --workers 2
        ;;
    worker) exec nice -n 10 python manage.py qcluster ;;
    *) exec "$@" ;;
esac
