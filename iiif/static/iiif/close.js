// A window that a viewer has opened closes itself; any other one stays, and its sentence says what to do.
if (window.opener) window.close();
