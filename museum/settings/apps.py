"""What the museum consists of: apps, middleware, templates, languages, Wagtail."""

from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from museum.settings import BASE_DIR, ENV

ROOT_URLCONF = "museum.urls"
WSGI_APPLICATION = "museum.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEBUG = ENV.debug

INSTALLED_APPS = [
    # the rooms, upstairs first: an upper room's templates and static files win
    "museum.apps.MuseumConfig",
    "museum.workplace.apps.WorkplaceConfig",
    "exhibits.apps.ExhibitsConfig",
    "search.apps.SearchConfig",
    "exchange.apps.ExchangeConfig",
    "iiif.apps.IiifConfig",
    "artifacts.apps.ArtifactsConfig",
    "vocabularies.apps.VocabulariesConfig",
    "media.apps.MediaConfig",
    "records.apps.RecordsConfig",
    # Wagtail and its parts
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_filters",
    "ninja",  # serves its documentation page from here
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "museum.health.ProbesFirst",
    "museum.bodiless.SayNothingOfNoContent",
    "django.middleware.security.SecurityMiddleware",
    "museum.workplace.middleware.HeldForms",
    "iiif.image.access.StaffPixelsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "museum.languages.PeopleLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "museum.workplace.middleware.WorkplaceAnswers",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "museum" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("vi", _("Vietnamese"))]
LOCALE_PATHS = [BASE_DIR / "museum" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
FORMAT_MODULE_PATH = ["museum.formats"]  # what Django leaves out
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

WAGTAIL_SITE_NAME = "Museum"
WAGTAILADMIN_BASE_URL = ENV.origin
WAGTAILADMIN_USER_LOGIN_FORM = "museum.workplace.login.WorkplaceLogin"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # the admin calls nobody outside the museum
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# the machine's own list has names such as “localtime”, of which a browser knows nothing
WAGTAIL_USER_TIME_ZONES = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
WAGTAIL_AUTOSAVE_INTERVAL = ENV.autosave_interval
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]

# A record of many child rows has more fields than Django's default of 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Seconds after which what visitors searched for in vain is written down by each process; 0: never by itself.
MISSED_SEARCHES_EVERY = 30

globals().update(ENV.mail)  # EMAIL_… and the sender

MUSEUM_ORIGIN = ENV.origin
MUSEUM_VAR = ENV.var
MUSEUM_MAX_PIXELS = ENV.max_pixels
MUSEUM_IMAGE_CACHE_MB = ENV.image_cache_mb
MUSEUM_PROXIES = ENV.proxies
METRICS_TOKEN = ENV.metrics_token
MUSEUM_PEER_HOSTS = ENV.peer_hosts
IMAGE_SERVICE_URL = ENV.image_service_url
