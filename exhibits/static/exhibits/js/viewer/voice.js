// What the viewer says to those who cannot see it, one thing after the other.

const HEARD = 1500; // ms in which a short sentence is spoken
const SETTLING = 4000; // ms in which another page has come and is fitted to the surface
const RESTING = 700; // ms after which a zoom level has come to rest

export class Voice {
  constructor(element) {
    this.element = element; // a live region that carries the sentences of this language
  }

  get sentences() {
    return this.element.dataset;
  }

  say(words) {
    this.element.textContent = words;
    this.saidAt = performance.now();
  }

  /** Another page is shown, whose name is said. */
  page(name) {
    this.say(name);
    this.turnedAt = performance.now();
  }

  /** The zoom level in percent: said when it rests, once what is being heard was heard. */
  level(percent) {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => this.speakLevel(percent), RESTING);
  }

  /** The next level is new, whatever was said before. */
  forgetLevel() {
    this.spoken = undefined;
  }

  speakLevel(percent) {
    if (performance.now() - this.saidAt < HEARD) {
      this.speaking = setTimeout(() => this.speakLevel(percent), HEARD);
      return;
    }
    // another page has another size: nobody has zoomed, and its name is being spoken
    const turned = performance.now() - this.turnedAt < SETTLING;
    this.turnedAt = undefined;
    if (percent !== this.spoken && !turned) this.say(this.sentences.say.replace("{percent}", percent));
    this.spoken = percent;
  }
}
