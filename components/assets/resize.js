// For an article: gives each frame of a figure the height that the figure says it has.
addEventListener("message", ({ data, source }) => {
  const height = data && Number(data.almaty2050);
  if (!(height > 0 && height < 20000)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source) frame.style.height = `${Math.ceil(height)}px`;
  }
});
