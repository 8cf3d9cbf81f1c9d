"""How gunicorn serves `app:server`. HOST and PORT come from the environment."""

import os

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8050'}"
workers = 2
worker_class = "gthread"
threads = 16
keepalive = 30  # seconds; a wall asks every few seconds and should not connect anew each time
graceful_timeout = 3  # seconds
limit_request_line = 8190  # a scenario lives in the address
# No preload: each worker starts its own follower thread, and threads do not survive a fork.
preload_app = False
accesslog = None
control_socket_disable = True  # it would lie in the user's home folder, shared by every gunicorn of that user
