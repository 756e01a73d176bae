// Sends one file with progress; the answer is always {ok, message}, whatever happened.

const WORDS = document.documentElement.lang.startsWith("vi")
  ? { lost: "Mất kết nối. Hãy gửi lại tệp này.", failed: "Máy chủ không nhận được tệp." }
  : { lost: "The connection was lost. Send this file again.", failed: "The server could not take the file." };

export function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

export function send(address, file, onProgress) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("load", () => done(request.response?.message ? request.response : { ok: false, message: WORDS.failed, again: true }));
    request.addEventListener("error", () => done({ ok: false, message: WORDS.lost, again: true }));
    request.send(body);
  });
}
