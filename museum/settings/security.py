"""What protects visitors and records: hosts, cookies, headers, content security policy."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from museum.settings import ENV

SECRET_KEY = ENV.secret_key

# Absolute addresses are built from MUSEUM_ORIGIN, never from the Host header; that header is checked all the same.
ALLOWED_HOSTS = (
    [urlsplit(ENV.origin).hostname] if ENV.production else ["localhost", "127.0.0.1", "[::1]", urlsplit(ENV.origin).hostname, "testserver"]
)
CSRF_TRUSTED_ORIGINS = [ENV.origin]
CSRF_FAILURE_VIEW = "museum.workplace.kept.csrf_failure"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # Wagtail's previews show the museum's own pages in a frame
if ENV.production:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

BASEMAP = [f"{urlsplit(ENV.basemap_url).scheme}://{urlsplit(ENV.basemap_url).netloc}"] if ENV.basemap_url else []

# The public site runs no inline script and loads nothing from elsewhere. Wagtail's edit and history
# views still use inline scripts, so the workplace has a policy of its own (museum.workplace).
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:", *([ENV.image_service_url] if ENV.image_service_url else []), *BASEMAP],
        "connect-src": [SELF, *([ENV.image_service_url] if ENV.image_service_url else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
