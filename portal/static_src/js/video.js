// A video is asked of its site only when the reader says so; without this the link opens it there.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-video-open]");
  const figure = link?.closest("[data-video]");
  if (!figure) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = figure.dataset.video;
  frame.title = figure.dataset.videoTitle;
  frame.allowFullscreen = true;
  frame.className = "video-frame";
  link.replaceWith(frame);
  frame.focus();
});
